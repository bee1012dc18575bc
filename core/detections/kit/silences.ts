import type { AuditRecord } from '../../model/audit-record.ts'
import { type Signal, TENANT_KEY } from '../../model/detection.ts'
import { isObject, number, text } from '../../model/values.ts'
import { switched } from './audit-config.ts'
import { auditTrim } from './audit-trim.ts'
import { nameValues } from './name-values.ts'
import { isSystemActor } from './system-actors.ts'
import { some } from './words.ts'

/** What observers tell of, and the changes that explain it. */
export const SILENCES = [
  'MailboxSilent',
  'MailboxHeard',
  'FeedSilent',
  'FeedHeard',
  'SubscriptionStopped',
  'SubscriptionRestarted',
] as const
export const CHANGES = [
  'Set-MailboxAuditBypassAssociation',
  'Set-Mailbox',
  'Change user license',
  'Update user',
] as const

type SilenceRecord = AuditRecord<(typeof SILENCES)[number] | (typeof CHANGES)[number]>

/** Feeds without which nothing is seen of mail; of the second, the records of reads alone. */
const MAIL = new Set(['Audit.Exchange', 'MailItemsAccessed'])

/** All mailboxes under one key, so that several are one message; and whatever it is by itself, which may come back. */
export function* silenceSignals(record: SilenceRecord): Iterable<Signal> {
  const { body, mailbox, operation } = record
  const of = (mailbox ?? text(body.ObjectId) ?? 'a feed not named').slice(0, 200)
  switch (operation) {
    case 'MailboxSilent':
      yield {
        key: [TENANT_KEY, 'mailboxes'],
        measure: 'silent',
        members: [of],
        note: lifeWords(body),
      }
      yield { key: [of, 'again'], measure: 'stopped' }
      return
    case 'FeedSilent':
      yield { key: [TENANT_KEY, of], measure: MAIL.has(of) ? 'mail' : 'feed' }
      yield { key: [TENANT_KEY, of, 'again'], measure: 'stopped' }
      return
    case 'MailboxHeard':
      yield { key: [of, 'again'], measure: 'on' }
      return
    case 'FeedHeard':
      yield { key: [TENANT_KEY, of, 'again'], measure: 'on' }
      return
    case 'SubscriptionStopped':
      yield { key: [TENANT_KEY, of, 'subscription'], measure: 'subscription' }
      return
    case 'SubscriptionRestarted':
      yield { key: [TENANT_KEY, of, 'subscription'], measure: 'restarted' }
      return
    default:
      if (record.succeeded && !isSystemActor(record) && narrows(record))
        yield { key: [TENANT_KEY, 'mailboxes'], measure: 'change' }
  }
}

/** Does less of what is done in mailboxes go on record after this? */
function narrows(record: SilenceRecord): boolean {
  if (record.operation === 'Set-MailboxAuditBypassAssociation')
    return switched(nameValues(parametersOf(record)), 'AuditBypassEnabled') === true
  const trim = auditTrim(record as Parameters<typeof auditTrim>[0])
  return trim !== undefined && trim.kind !== 'idle'
}

function parametersOf({ body }: SilenceRecord): unknown {
  return 'Parameters' in body ? body.Parameters : undefined
}

/** What tells silence from somebody who is away. */
function lifeWords(body: AuditRecord['body']): string | undefined {
  const observed = isObject(body.Observed) ? body.Observed : {}
  const [signs, usual] = [number(observed.signs), number(observed.usual)]
  if (signs === undefined || usual === undefined) return undefined
  const most = usual === 0 ? 'no such hour' : `at most ${some(usual, 'such hour')}`
  return `other signs of life in ${some(signs, 'hour')} since, where ${most} lay between two reads before`
}
