import type { App } from '#server/platform/http/server.ts'

/** Every registered route as `GET /api/entries/:id`, without the HEAD that comes with each GET. */
export function routesOf(app: App): string[] {
  const path: string[] = []
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap(line => {
      const [, indent, segment = '', methods = ''] =
        /^((?:│ {3}| {4})*)[├└]── (\S*)(?: \((.+)\))?/u.exec(line) ?? []
      if (indent === undefined) return []
      path.splice(indent.length / 4, path.length, segment)
      const url = path.join('').replace('//', '/')
      return methods
        .split(', ')
        .filter(method => method !== '' && method !== 'HEAD')
        .map(method => `${method} ${url}`)
    })
    .toSorted()
}
