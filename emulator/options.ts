import { type Clock, DAY, HOUR, MINUTE, makeClock } from './clock.ts'
import type { FaultSchedule } from './faults.ts'
import type { GrantOffice } from './graph/grant-office.ts'

export type Role =
  | 'ActivityFeed.Read'
  | 'ActivityFeed.ReadDlp'
  | 'AuditLog.Read.All'
  | 'MailboxSettings.Read'
  | 'Mail.ReadBasic.All'
  | 'Domain.Read.All'
  | 'User.ReadBasic.All'
  | 'OrgContact.Read.All'
  | 'Application.Read.All'
  | 'Directory.Read.All'
  | 'ThreatHunting.Read.All'

/** Everything that can be set about a tenant. Times are milliseconds on the tenant's clock unless named otherwise. */
export interface Settings {
  clock: Clock
  /** 0: any free port. */
  port: number
  tenantId: string
  /** Decides the order of blobs inside a listing page. */
  seed: number
  faults: FaultSchedule
  /** Written into each token when it is issued, so a change shows only once the client takes a new one. */
  roles: readonly Role[]
  /** `auditing-off` answers AF20011, which is how a tenant without auditing shows itself. */
  state: 'ready' | 'auditing-off' | 'misconfigured'
  /** What the sign-in says instead of giving out a token, such as `AADSTS7000222: …`. */
  signInError: string | undefined
  /** Where the tenant's public sign-in document says that it lives; `absent`: there is none. */
  cloud: 'worldwide' | 'gcc' | 'gcc-high' | 'dod' | 'absent'
  /** Where an administrator grants permissions; without one Graph has no such thing. */
  grants: GrantOffice | undefined
  tokenLifeSeconds: number
  /** The clock of the client's credential library, if that is not the tenant's: `expires_on` is told on it. */
  credentialNow: (() => number) | undefined
  /** Further resources, besides the four clouds' and the tenant's own address, whose tokens the API takes. */
  audiences: readonly string[]
  pageSize: number
  nextPageHeader: 'NextPageUri' | 'nextpageuri'
  /** From `contentCreated` to `contentExpiration`. Documented as 7 days; about 20 have been seen. */
  contentLifeMs: number
  /** How old content may be that was created before the first start. About 22 h have been seen. */
  backlogMs: number
  quotaPerMinute: number
  /** Sent with a quota refusal when set. Microsoft has not been seen to send any. */
  quotaRetryAfterSeconds: number | undefined
  coolDownMs: number
  coolDownStatus: 403 | 429
  /** What a second start of an enabled subscription meets inside the cool-down. Both have been reported. */
  repeatedStart: 'AF20024' | 'cool-down'
  rangeCode: 'AF20055' | 'AF20030'
  /** A range of more than 24 h is refused, or answered 200 with its first 24 h only. Both are real. */
  wideRange: 'refuse' | 'partial'
  /** How far beyond 7 days a start is still taken. One hour has been seen; the documents say none. */
  lookBackGraceMs: number
  /** What the `Date` header is off by. */
  dateSkewMs: number
  /** Whether this cloud has Graph's logs, and those of the beta. */
  graph: 'present' | 'without-beta' | 'absent'
  /** Sign-ins take a premium licence. */
  entraLicence: 'free' | 'premium'
  /** Never more entries a page, whatever is asked for. */
  graphPageSize: number
  graphQuota: { readonly requests: number; readonly perMs: number }
  /** Sent with a quota refusal of Graph when set. */
  graphRetryAfterSeconds: number | undefined
  /** Tables of advanced hunting that the tenant's licences bring. */
  huntingTables: readonly string[]
  huntingQuota: { readonly requests: number; readonly perMs: number }
  /** What each query uses, and what there is in a quarter of an hour. */
  huntingCpuPerQuery: number
  huntingCpuSeconds: number
}

export type TenantOptions = { [K in keyof Settings]?: Settings[K] }

export const DEFAULT_TENANT_ID = '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83'

export function settle(options: TenantOptions): Settings {
  return {
    clock: makeClock({ start: Date.now() }),
    port: 0,
    tenantId: DEFAULT_TENANT_ID,
    seed: 1,
    faults: { seed: 1, faults: [] },
    roles: [
      'ActivityFeed.Read',
      'ActivityFeed.ReadDlp',
      'AuditLog.Read.All',
      'MailboxSettings.Read',
      'User.ReadBasic.All',
      'Mail.ReadBasic.All',
      'Directory.Read.All',
      'ThreatHunting.Read.All',
    ],
    state: 'ready',
    signInError: undefined,
    cloud: 'worldwide',
    grants: undefined,
    tokenLifeSeconds: 3599,
    credentialNow: undefined,
    audiences: [],
    pageSize: 600,
    nextPageHeader: 'NextPageUri',
    contentLifeMs: 7 * DAY,
    backlogMs: 22 * HOUR,
    quotaPerMinute: 2000,
    quotaRetryAfterSeconds: undefined,
    coolDownMs: 15 * MINUTE,
    coolDownStatus: 403,
    repeatedStart: 'AF20024',
    rangeCode: 'AF20055',
    wideRange: 'refuse',
    lookBackGraceMs: 0,
    dateSkewMs: 0,
    graph: 'present',
    entraLicence: 'premium',
    graphPageSize: 1000,
    graphQuota: { requests: 5, perMs: 10_000 },
    graphRetryAfterSeconds: undefined,
    huntingTables: ['DeviceFileEvents', 'DeviceProcessEvents', 'DeviceEvents'],
    huntingQuota: { requests: 45, perMs: MINUTE },
    huntingCpuPerQuery: 1,
    huntingCpuSeconds: 600,
    ...options,
  }
}
