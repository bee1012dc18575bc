import type { Graph } from '../../feeds/graph/transport.ts'
import { FeedError } from '../../model/errors.ts'
import { folderOf } from './reader.ts'

/** Well-known names that work in every language, by the name under which the detections know the folder. */
const WELL_KNOWN = {
  deleteditems: 'Deleted Items',
  junkemail: 'Junk Email',
  archive: 'Archive',
  conversationhistory: 'Conversation History',
}

/**
 * The first folders of a mailbox have the same running numbers in every mailbox made in the cloud, and their ids end in
 * them. Seen in the published ids of many mailboxes, and nowhere promised.
 */
const ENDINGS: readonly (readonly [ending: string, name: string])[] = [
  ['AAAAAAEKAAA=', 'Deleted Items'],
  ['AAAAAAELAAA=', 'Outbox'],
  ['AAAAAAEPAAA=', 'Drafts'],
]

/** Folders asked for in one mailbox in one look. */
const MOST = 20

export interface FolderNames {
  /** Names for these ids, as far as they can be told. */
  of(
    user: string,
    ids: readonly string[],
    known: Readonly<Record<string, string>>,
  ): Promise<Map<string, string>>
}

/** For one look: refused once, the permission is missing, and nobody else's folders are asked for. */
export function makeFolderNames(graph: Graph, signal: AbortSignal): FolderNames {
  let refused = false

  async function ask(user: string, folder: string) {
    if (refused) return undefined
    try {
      return await folderOf(graph, user, folder, signal)
    } catch (error) {
      if (!(error instanceof FeedError) || signal.aborted) throw error
      refused = error.code === 'permission-missing'
      return undefined
    }
  }

  async function asked(user: string, ids: readonly string[]): Promise<Map<string, string>> {
    const names = new Map<string, string>()
    for (const [wellKnown, name] of Object.entries(WELL_KNOWN)) {
      const folder = await ask(user, wellKnown)
      if (folder?.id !== undefined && ids.includes(folder.id)) names.set(folder.id, name)
    }
    for (const id of ids.filter(id => !names.has(id))) {
      const name = (await ask(user, id))?.name
      if (name !== undefined) names.set(id, name.slice(0, 100).toWellFormed())
    }
    return names
  }

  return {
    async of(user, ids, known) {
      const names = new Map(ids.flatMap(id => (known[id] === undefined ? [] : [[id, known[id]] as const])))
      const unknown = ids.filter(id => !names.has(id)).slice(0, MOST)
      if (unknown.length > 0) for (const [id, name] of await asked(user, unknown)) names.set(id, name)
      for (const id of ids) {
        const name = names.get(id) ?? ENDINGS.find(([ending]) => id.endsWith(ending))?.[1]
        if (name !== undefined) names.set(id, name)
      }
      return names
    },
  }
}
