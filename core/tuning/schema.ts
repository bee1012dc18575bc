import * as z from 'zod'
import type { Detection, Term } from '../model/detection.ts'
import { PANE } from '../model/pane.ts'
import { ALERT_FROM } from '../model/severity.ts'
import { TALLY_CAP } from '../model/tally.ts'
import { MINUTE } from '../model/time.ts'
import { allowSchema } from './allow-schema.ts'
import { appId, domain, list, mailbox, network, severity, words } from './values.ts'

/** Minutes: no window is shorter than a pane, and none reaches further back than tallies are kept. */
const SHORTEST = PANE / MINUTE
const LONGEST = 7 * 24 * 60

export interface TermTuning {
  readonly enabled?: boolean | undefined
  readonly severity?: z.infer<typeof severity> | undefined
  readonly atLeast?: number | undefined
  readonly withinMinutes?: number | undefined
}

export interface DetectionTuning {
  readonly enabled?: boolean | undefined
  readonly severity?: z.infer<typeof severity> | undefined
  readonly terms?: Readonly<Record<string, TermTuning>> | undefined
}

/** Entries of a list. */
const LISTS = 500
const MOST_ALLOWED = 200

/** The whole file, for the detections there are: what it may name is spelt out, so that editors can complete it. */
export function configSchema(detections: readonly Detection[]) {
  return z.strictObject({
    $schema: z.string().optional().describe('Where the schema of this file is, for editors.'),
    detections: detectionsSchema(detections)
      .default({})
      .describe('What is recognised, by the ids that "waxseal detections" lists.'),
    alertFrom: severity
      .default(ALERT_FROM)
      .describe('Incidents less bad than this are kept and named on later cards, but not posted.'),
    trustedApps: list(trustedApp, LISTS)
      .default([])
      .transform(apps => apps.map(app => (typeof app === 'string' ? { id: app } : app)))
      .describe('Applications whose many mailboxes and messages are no news: backup, archive, CRM.'),
    trustedNetworks: list(network, LISTS)
      .default([])
      .describe('Networks of yours, such as offices and VPNs: 192.0.2.0/24, 2001:db8::/32, 192.0.2.7.'),
    internalDomains: list(domain, LISTS)
      .default([])
      .describe('The organisation’s own mail domains, besides those in INTERNAL_DOMAINS.'),
    decoyMailboxes: list(mailbox, LISTS).default([]).describe('Mailboxes that nobody has a reason to open.'),
    sensitiveMailboxes: z
      .record(
        z.string().regex(/^[\w -]{1,40}$/, 'is no tag; use up to 40 letters and digits'),
        list(mailbox, LISTS),
      )
      .default({})
      .describe(
        'Mailboxes that matter more than others, by tags of your own: "finance": ["cfo@example.com"].',
      ),
    allow: list(allowSchema(detections.map(({ id }) => id)), MOST_ALLOWED)
      .default([])
      .describe('Findings that are no news until a day, with a reason and an owner.'),
  })
}

const trustedApp = z.union([
  appId,
  z.strictObject({
    id: appId.describe('The application (client) id.'),
    name: words(100).optional().describe('What people call it.'),
    reason: words(200).optional().describe('Why it is trusted.'),
    networks: list(network, LISTS)
      .optional()
      .describe('Where it runs. From anywhere else it is counted like any application.'),
  }),
])

function detectionsSchema(detections: readonly Detection[]): z.ZodType<Record<string, DetectionTuning>> {
  return z.strictObject(
    Object.fromEntries(detections.map(detection => [detection.id, detectionSchema(detection).optional()])),
  ) as unknown as z.ZodType<Record<string, DetectionTuning>>
}

function detectionSchema({ title, terms }: Detection) {
  return z
    .strictObject({
      enabled: z.boolean().optional().describe('false: it says nothing any more.'),
      severity: severity
        .optional()
        .describe('How bad each of its limits is, where the limit itself says nothing.'),
      terms: z
        .strictObject(Object.fromEntries(terms.map(term => [term.id, termSchema(term).optional()])))
        .optional()
        .describe('Its limits.'),
    })
    .describe(title)
}

function termSchema(term: Term) {
  const { counts, atLeast, withinMinutes } = term
  const window = withinMinutes === undefined ? 'in a day' : `within ${withinMinutes} minutes`
  return z
    .strictObject({
      enabled: z.boolean().optional().describe('false: this limit is not looked at any more.'),
      severity: severity.optional().describe(`How bad it is; ${term.severity} unless you say otherwise.`),
      atLeast: z
        .int()
        .min(1)
        .max(TALLY_CAP)
        .optional()
        .describe(`From how many on; ${atLeast} unless you say otherwise.`),
      ...(withinMinutes !== undefined && {
        withinMinutes: z
          .int()
          .min(SHORTEST)
          .max(LONGEST)
          .optional()
          .describe(`Within how many minutes; ${withinMinutes} unless you say otherwise.`),
      }),
    })
    .describe(`${counts}: ${atLeast.toLocaleString('en-US')} or more ${window}`)
}
