import type { ContentType } from '../../model/content-blob.ts'
import type { FeedCode } from '../../model/errors.ts'

/** What a sentence may name. `seen`: the server's own words with code and status, on one line. */
export interface About {
  readonly tenantId: string
  readonly contentType: ContentType
  readonly host: string
  readonly seen: string
}

export interface AfCode {
  /** What Microsoft means by it. */
  readonly meaning: string
  readonly code: FeedCode
  /** For the operator: what is wrong, who fixes it. */
  readonly say: (about: About) => string
}

const ours = ({ seen }: About) =>
  `The server does not understand our request, which is a fault of this program; please report it: ${seen}.`
const badRange = ({ seen }: About) =>
  `The server refuses the time range asked for; compare this computer's clock with the real time: ${seen}.`
const internal = ({ host, seen }: About) =>
  `The server ${host} has an internal fault, which only Microsoft can mend: ${seen}.`
const tenant = ({ tenantId, seen }: About) =>
  `The server does not accept tenant ${tenantId}; correct AZURE_TENANT_ID: ${seen}.`

/** Either cause gives this one answer, so the sentence names both. */
export const auditOff = ({ tenantId, seen }: About) =>
  `Either tenant ${tenantId} is not recording activity (an admin with the Audit Logs role switches it on in the Purview portal under Audit; it takes up to 60 minutes), or M365_CLOUD or AZURE_TENANT_ID is wrong: ${seen}.`

export const throttled = ({ seen }: About) =>
  `Microsoft asks us to slow down, nothing is lost; if this lasts, look for a second collector on the tenant: ${seen}.`

const wrongTenant = ({ tenantId, seen }: About) =>
  `The token belongs to another tenant than ${tenantId}; make AZURE_TENANT_ID and the credential agree: ${seen}.`

const noConsent = ({ contentType, seen }: About) =>
  `The app may not read the audit feed yet: a Global Administrator has to grant it ${contentType === 'DLP.All' ? 'ActivityFeed.ReadDlp' : 'ActivityFeed.Read'}, which takes effect within minutes: ${seen}.`

/**
 * The error codes of the Management Activity API: Microsoft's reference, plus AF20024 and AF50005/6, which only clients have
 * reported. HTTP statuses are mostly undocumented and vary, so the code in the body decides.
 */
export const AF_CODES: ReadonlyMap<string, AfCode> = new Map<string, AfCode>([
  ['AF10001', { meaning: 'the token lacks the permission', code: 'consent-missing', say: noConsent }],
  ['AF20001', { meaning: 'a parameter is missing', code: 'rejected', say: ours }],
  ['AF20002', { meaning: 'a parameter has the wrong type', code: 'rejected', say: ours }],
  ['AF20003', { meaning: 'the webhook expiration lies in the past', code: 'rejected', say: ours }],
  [
    'AF20010',
    {
      meaning: 'the tenant of the URL is not the tenant of the token',
      code: 'wrong-tenant',
      say: wrongTenant,
    },
  ],
  ['AF20011', { meaning: 'the tenant does not exist or was deleted', code: 'audit-off', say: auditOff }],
  ['AF20012', { meaning: 'the tenant is not configured in the system', code: 'wrong-tenant', say: tenant }],
  ['AF20013', { meaning: 'the tenant id is no GUID', code: 'wrong-tenant', say: tenant }],
  [
    'AF20020',
    {
      meaning: 'no such content type',
      code: 'rejected',
      say: ({ contentType, seen }) =>
        `The server knows no content type ${contentType}; correct CONTENT_TYPES: ${seen}.`,
    },
  ],
  ['AF20021', { meaning: 'the webhook did not validate', code: 'rejected', say: ours }],
  [
    'AF20022',
    {
      meaning: 'there is no subscription',
      code: 'not-subscribed',
      say: ({ contentType, seen }) =>
        `Nobody is subscribed to ${contentType}, so nothing was collected; it is started by itself: ${seen}.`,
    },
  ],
  [
    'AF20023',
    {
      meaning: 'the subscription was disabled by an administrator',
      code: 'subscription-disabled',
      say: ({ contentType, seen }) =>
        `An administrator switched the ${contentType} subscription off, and what happened meanwhile cannot be fetched; find out who and why, it is started again by itself: ${seen}.`,
    },
  ],
  [
    'AF20024',
    {
      meaning: 'the subscription is already enabled',
      code: 'rejected',
      say: ({ contentType, seen }) => `The ${contentType} subscription is already enabled: ${seen}.`,
    },
  ],
  [
    'AF20030',
    { meaning: 'startTime and endTime are not a valid pair', code: 'window-rejected', say: badRange },
  ],
  [
    'AF20031',
    {
      meaning: 'invalid nextPage',
      code: 'page-rejected',
      say: ({ seen }) =>
        `The server no longer knows the page it pointed to, so the listing starts over by itself: ${seen}.`,
    },
  ],
  [
    'AF20050',
    {
      meaning: 'the content does not exist',
      code: 'content-missing',
      say: ({ seen }) =>
        `The server listed a content blob and cannot find it; it is tried again by itself: ${seen}.`,
    },
  ],
  [
    'AF20051',
    {
      meaning: 'the content has expired',
      code: 'content-expired',
      say: ({ seen }) =>
        `A content blob expired before it was fetched, and its records are lost; poll at least every few days: ${seen}.`,
    },
  ],
  [
    'AF20052',
    {
      meaning: 'the content id is invalid; also seen with a wrong tenant or cloud',
      code: 'content-missing',
      say: ({ tenantId, seen }) =>
        `The server does not accept the id of a content blob it listed; check that tenant ${tenantId} and M365_CLOUD belong together: ${seen}.`,
    },
  ],
  ['AF20053', { meaning: 'Accept-Language is invalid', code: 'rejected', say: ours }],
  ['AF20054', { meaning: 'Accept-Language is invalid', code: 'rejected', say: ours }],
  [
    'AF20055',
    {
      meaning: 'the time range is longer than 24 hours, older than 7 days or reversed',
      code: 'window-rejected',
      say: badRange,
    },
  ],
  ['AF429', { meaning: 'too many requests', code: 'throttled', say: throttled }],
  ['AF50000', { meaning: 'internal error', code: 'unavailable', say: internal }],
  ['AF50005', { meaning: 'internal error', code: 'unavailable', say: internal }],
  ['AF50006', { meaning: 'internal error', code: 'unavailable', say: internal }],
])
