/** What the tenant publishes: audit records, in blobs, by content type. */

export const CONTENT_TYPES = [
  'Audit.AzureActiveDirectory',
  'Audit.Exchange',
  'Audit.SharePoint',
  'Audit.General',
  'DLP.All',
] as const

export type ContentType = (typeof CONTENT_TYPES)[number]

export interface ContentBlob {
  readonly id: string
  readonly contentType: ContentType
  /** 1, 2, 3… within its content type, in order of publishing: its identity in fault decisions. */
  readonly ordinal: number
  readonly contentCreated: number
  readonly contentExpiration: number
  /** From this moment on listings show it. Never earlier than `contentCreated` in a healthy tenant. */
  readonly availableAt: number
  readonly records: readonly object[]
  /** Served as it is in place of `records`, for bodies that no builder would make, or too many to be held. */
  readonly body: string | (() => string) | undefined
}

export interface PublishOptions {
  /** Short for `contentCreated`; now when neither is given. */
  at?: number
  contentCreated?: number
  availableAt?: number
  id?: string
  body?: string | (() => string)
}

/** One blob of a scenario, ahead of time. */
export interface TimelineEntry {
  /** `contentCreated` of the blob. */
  readonly at: number
  readonly contentType: ContentType
  readonly records: readonly object[]
  readonly availableAt: number
}

/** Content type names are compared without case, as the service does. */
export function findContentType(name: string): ContentType | undefined {
  return CONTENT_TYPES.find(type => type.toLowerCase() === name.toLowerCase())
}

export const blobKey = (blob: Pick<ContentBlob, 'contentType' | 'ordinal'>) =>
  `${blob.contentType}#${blob.ordinal}`
