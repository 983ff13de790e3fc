/**
 * The parts of a path below `/v1.0`, decoded, with OData's other spellings brought to one: `mailFolders('inbox')` is
 * `mailFolders/inbox`, and `microsoft.graph.delta()` is `delta`.
 */
export function pathSegments(path: string): string[] {
  return path
    .split('/')
    .slice(2)
    .flatMap((part) => {
      const segment = decodeURIComponent(part)
        .replace(/^microsoft\.graph\./, '')
        .replace(/\(\)$/, '')
      const [, name, key] = /^([A-Za-z]+)\('(.*)'\)$/.exec(segment) ?? []
      return name !== undefined && key !== undefined ? [name, key.replaceAll("''", "'")] : [segment]
    })
}
