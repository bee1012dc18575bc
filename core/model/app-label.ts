import type { Principal, Publisher } from './tenant-context.ts'

const PUBLISHERS: Readonly<Record<Publisher, string>> = {
  microsoft: 'of Microsoft',
  own: 'registered in your own tenant',
  verified: 'publisher verified',
  unverified: 'publisher not verified',
}

/**
 * `"Mail archive" (<id>, publisher not verified)`. Whoever registers an application names it as he likes: the name is short, in
 * quotes, and cannot close them.
 */
export function principalLabel({ appId, name, publisher }: Principal): string {
  const bare = name
    .replaceAll(/["“”„«»]/g, "'")
    .slice(0, 60)
    .toWellFormed()
  return `"${bare}" (${appId}, ${PUBLISHERS[publisher]})`
}
