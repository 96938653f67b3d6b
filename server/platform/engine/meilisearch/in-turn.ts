/** Runs jobs one after the other; a failed one does not hold up the next. */
export function createQueue(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return job => {
    const next = last.then(job)
    last = next.catch(() => undefined)
    return next
  }
}
