/** The content types of the Management Activity API. */
export const CONTENT_TYPES = [
  'Audit.AzureActiveDirectory',
  'Audit.Exchange',
  'Audit.SharePoint',
  'Audit.General',
  'DLP.All',
] as const
export type ContentType = (typeof CONTENT_TYPES)[number]

/**
 * A unit of delivery. It may be listed and fetched any number of times; `id` is what makes it one.
 * `created` and `expires` are the server's own UTC texts: expiry is read, never computed.
 */
export interface ContentBlob {
  readonly feed: string
  readonly id: string
  readonly uri: string
  readonly created: string
  readonly expires: string | undefined
}
