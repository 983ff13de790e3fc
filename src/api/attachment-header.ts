/**
 * `Content-Disposition` of a download (RFC 6266): never shown in place, under this name. Programs that know RFC 8187
 * read the name as it is, others get it in ASCII.
 */
export function attachmentHeader(name: string): string {
  const ascii = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    // A quote or a backslash would end the text, and a per cent sign is taken for an encoding by some.
    .replace(/[^ -~]|["\\%]/gu, '_')
  const extended = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${extended}`
}
