/** Days and periods: how a stretch of time is cut, and what a cut is called. All days are UTC and written YYYY-MM-DD. */

const DAY = 86_400_000;
export const STEPS = ["day", "week", "month", "quarter", "year"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];
// Longest stretch, in days, that a step draws as bars that can still be told apart.
const LONGEST = { day: 92, week: 550, month: 365 * 12, quarter: 365 * 30, year: Infinity };

/** The finest step that still gives bars wide enough to see. */
export function stepFor(first, last) {
  const days = (Date.parse(last) - Date.parse(first)) / DAY;
  return STEPS.find((step) => days <= LONGEST[step]);
}

/** The last day of the period that begins on a day. */
export function lastDay(start, step) {
  const day = new Date(start);
  if (step === "day") return start;
  if (step === "week") return iso(Date.parse(start) + 6 * DAY);
  const months = { month: 1, quarter: 3, year: 12 }[step];
  return iso(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 0));
}

/** A period in words: "14 May 2024", "week of 13 May 2024", "May 2024", "2024, 2nd quarter", "2024". */
export function periodWords(start, step) {
  const [year, month, day] = start.split("-");
  const name = MONTHS[month - 1];
  if (step === "year") return year;
  if (step === "quarter") return `${year}, ${["1st", "2nd", "3rd", "4th"][Math.floor((month - 1) / 3)]} quarter`;
  if (step === "month") return `${name} ${year}`;
  return `${step === "week" ? "week of " : ""}${Number(day)} ${name} ${year}`;
}

/** The label of a tick, or "" where the axis should stay bare. every: least number of periods between two labels. */
export function tickWords(start, step, index, every) {
  const [year, month, day] = start.split("-").map(Number);
  if (step === "year") return year % niceYears(every) === 0 ? String(year) : "";
  const perYear = { quarter: 4, month: 12, week: 52, day: 365 }[step];
  const beginsYear = step === "week" ? month === 1 && day <= 7 : month === 1 && day === 1;
  if (beginsYear) return year % niceYears(Math.ceil(every / perYear)) === 0 ? String(year) : "";
  if (step === "month" || step === "quarter") return every <= 6 && month % 6 === 1 && every * 2 < perYear ? MONTHS[month - 1] : "";
  return index % every === 0 && (step === "day" || day <= 7) && every <= 31 ? `${day} ${MONTHS[month - 1]}` : "";
}

function niceYears(every) {
  return [1, 2, 5, 10, 20, 50, 100].find((years) => years >= every) ?? 100;
}

function iso(time) {
  return new Date(time).toISOString().slice(0, 10);
}
