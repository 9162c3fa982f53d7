/**
 * Runs `task` for all at once and waits for every one before it throws the first failure, so that nothing is under way
 * any more when the caller goes on.
 */
export const settleAll = async <Item, Result>(
  items: Iterable<Item>,
  task: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const outcomes = await Promise.allSettled(Array.from(items, task));
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
};
