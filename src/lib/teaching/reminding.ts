/** On which days before the due day (after it: negative) one may have learners reminded. */
export const REMINDERS = [30, 14, 7, 3, 1, 0, -1, -7, -14] as const;
export const USUAL_REMINDERS = [7, 1, -1];
/** After how many months an assignment may come again, beside any other number. */
export const INTERVALS = [6, 12, 24, 36] as const;
