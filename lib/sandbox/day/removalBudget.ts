/** The service's own guard with its default settings: a number, and a share that counts above so many active people. */
const guardNumber = 100;
const guardPercent = 10;
const shareCountsAbove = 20;

/** On a believable day this share leaves, two at least and so many at most. */
const leavingPercent = 3;
const leavingLeast = 2;
const leavingMost = 40;

/** How many of `activePeople` may lose their account in one cycle: as many as leave on a day, and never enough to trip the guard. */
export const removalBudget = (activePeople: number): number => {
  const share = Math.floor((activePeople * guardPercent) / 100);
  const permitted = activePeople > shareCountsAbove ? Math.min(guardNumber, share) : activePeople;
  const leaving = Math.max(leavingLeast, Math.round((activePeople * leavingPercent) / 100));
  return Math.max(0, Math.min(permitted, leaving, leavingMost));
};
