import type { TokenCredential } from '@azure/identity'
import { ContainerClient } from '@azure/storage-blob'
import type { FeedError } from '../../model/errors.ts'
import { activityFailure } from './failures.ts'
import type { HourBlob } from './hours.ts'

/** What the feed needs of the container that Entra's diagnostic setting fills. Throws `FeedError` alone. */
export interface ActivityContainer {
  /** `https://account/container`, to be named to people. */
  readonly address: string
  /** Top folders, with their slash. */
  folders(signal: AbortSignal): Promise<readonly string[]>
  blobs(folder: string, signal: AbortSignal): Promise<readonly HourBlob[]>
  /** Bytes `from` to `to`, all of them. */
  read(path: string, from: number, to: number, signal: AbortSignal): Promise<Buffer>
}

/** How to get at it: with the app's identity, or with a key or signature as Azurite and laptops have them. */
export type ActivitySource =
  | { readonly url: string; readonly credential: TokenCredential }
  | { readonly connectionString: string; readonly container?: string }

/** The container's name is Microsoft's choice. */
export const CONTAINER = 'insights-logs-microsoftgraphactivitylogs'

/** For one question with all its retries. The SDK alone would wait for ever. */
const PATIENCE_MS = 60_000
/** Folders are looked at to say what is there instead of ours; a container made for this log has one. */
const MOST_FOLDERS = 100

/**
 * The SDK retries by itself, asks again for the rest of a download that broke off, and follows a redirect to the same
 * origin only, without the token.
 */
export function openContainer(
  source: ActivitySource,
  { now, retryDelayInMs = 250 }: { now: () => number; retryDelayInMs?: number },
): ActivityContainer {
  const options = { retryOptions: { maxTries: 4, retryDelayInMs, maxRetryDelayInMs: 4_000 } }
  const client =
    'url' in source
      ? new ContainerClient(containerUrl(source.url), source.credential, options)
      : new ContainerClient(source.connectionString, source.container ?? CONTAINER, options)
  const { origin, pathname } = new URL(client.url)
  const address = origin + pathname

  async function asking<T>(signal: AbortSignal, ask: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await ask(AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]))
    } catch (error) {
      throw activityFailure(error, { address, ended: signal.aborted, now }) satisfies FeedError
    }
  }

  return {
    address,
    folders: signal =>
      asking(signal, async abortSignal => {
        const names: string[] = []
        for await (const { kind, name } of client.listBlobsByHierarchy('/', { abortSignal })) {
          if (kind === 'prefix') names.push(name)
          if (names.length === MOST_FOLDERS) break
        }
        return names
      }),
    blobs: (folder, signal) =>
      asking(signal, async abortSignal => {
        const found: HourBlob[] = []
        for await (const { name, properties } of client.listBlobsFlat({ prefix: folder, abortSignal }))
          found.push({ path: name, size: properties.contentLength ?? 0 })
        return found
      }),
    read: (path, from, to, signal) =>
      asking(signal, abortSignal =>
        client.getBlobClient(path).downloadToBuffer(from, to - from, { abortSignal }),
      ),
  }
}

/** The address of an account, or of the container itself. */
function containerUrl(url: string): string {
  const base = url.replace(/\/+$/, '')
  return new URL(base).pathname === '/' ? `${base}/${CONTAINER}` : base
}
