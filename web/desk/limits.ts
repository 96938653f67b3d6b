/** As many characters as the box takes: more than anyone says, fewer than the server refuses. */
export const MAX_QUERY = 10_000
