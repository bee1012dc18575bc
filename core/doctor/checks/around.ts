import { SinkError, StoreError } from '../../model/errors.ts'
import { dayOf } from '../../model/time.ts'
import { moment } from '../duration.ts'
import type { Diagnosis } from '../message.ts'
import { diagnosis } from '../messages/index.ts'
import type { Observation, Receiver } from '../observation.ts'
import { words } from '../words.ts'

export function checkStorage({ deployed, storage }: Observation): Diagnosis[] {
  if (storage === undefined) return []
  return [storageDiagnosis(storage, deployed)]
}

function storageDiagnosis(storage: NonNullable<Observation['storage']>, deployed: boolean): Diagnosis {
  if ('ok' in storage) {
    if (storage.ok === 'new') return diagnosis('storage-new', 'no table of ours')
    return storage.ok === 'written'
      ? diagnosis('storage-works', 'a row was written and read')
      : diagnosis('storage-reads', 'the tables of ours')
  }
  const { error } = storage
  if (!(error instanceof StoreError)) throw error
  const saw = words(error)
  if (error.code !== 'denied') return diagnosis('storage-down', saw)
  // The service tells the two apart by its code, and by nothing else.
  if (error.serverCode === 'AuthorizationFailure')
    return diagnosis('storage-firewall', saw, { caller: deployed ? 'function app' : 'computer' })
  return diagnosis(
    error.serverCode === 'AuthorizationPermissionMismatch' ? 'storage-role' : 'storage-denied',
    saw,
  )
}

export function checkReceivers({ now, receivers }: Observation): Diagnosis[] {
  if (receivers === undefined) return []
  if (receivers.length === 0)
    return [diagnosis('receiver-none', 'neither TEAMS_WEBHOOK_URL nor WEBHOOK_URL is set')]
  return receivers.flatMap(receiver => {
    const doubts = receiver.doubts.map(doubt => diagnosis(doubt, 'the form of the address'))
    if (receiver.doubts.includes('teams-retired')) return doubts
    return [
      ...doubts,
      ...(receiver.card === undefined ? [kept(receiver, now)] : [shown(receiver, receiver.card)]),
    ]
  })
}

/** What earlier deliveries tell. */
function kept({ failing, lastTaken, name, parked, problem }: Receiver, now: number): Diagnosis {
  if (parked > 0)
    return diagnosis('receiver-refuses', problem ?? 'alerts set aside', { receiver: name, parked })
  if (failing > 0)
    return diagnosis('receiver-fails', problem ?? 'no answer', { receiver: name, waiting: failing })
  if (lastTaken === undefined)
    return diagnosis('receiver-untried', 'no alert taken so far', { receiver: name })
  return diagnosis('receiver-takes', `the last at ${moment(lastTaken, now)}`, { receiver: name })
}

function shown(receiver: Receiver, card: NonNullable<Receiver['card']>): Diagnosis {
  const { failing, name, parked } = receiver
  if ('error' in card) {
    const later = card.error instanceof SinkError && card.error.code === 'retry'
    const values = { receiver: name, parked, waiting: failing }
    return diagnosis(later ? 'receiver-fails' : 'receiver-refuses', words(card.error), values)
  }
  if (card.ok === 'seen') return diagnosis('card-shown', 'the code on it was typed')
  if (card.ok === 'not-seen') return diagnosis('card-not-shown', 'its code was not typed')
  return diagnosis('card-unconfirmed', 'a card was sent')
}

/** A mailbox is known for so long before its silence means something. */
const WATCHED_DAYS = 14
/** Names told of; the rest is counted. */
const NAMES = 5

export function checkReads({ mailboxes, now }: Observation): Diagnosis[] {
  if (mailboxes === undefined) return []
  const since = dayOf(now) - WATCHED_DAYS
  const lively = mailboxes.filter(({ seen }) => seen >= since)
  const silent = lively.filter(({ first, read }) => first <= since && (read ?? 0) < since)
  const reading = lively.filter(({ read }) => (read ?? 0) >= since)
  const saw = `${reading.length} of ${lively.length} mailboxes with recorded reads in ${WATCHED_DAYS} days`
  const values = { mailboxes: lively.length, silent: silent.length }
  if (silent.length > 0) {
    const names = silent.slice(0, NAMES).map(({ mailbox }) => mailbox)
    const more = silent.length > NAMES ? ` and ${silent.length - NAMES} more` : ''
    return [
      diagnosis('reads-missing', saw, {
        ...values,
        names: `${names.join(', ')}${more}`,
        first: names[0] ?? '',
      }),
    ]
  }
  const all = lively.length > 0 && reading.length === lively.length
  return [diagnosis(all ? 'reads-reported' : 'reads-too-early', saw, values)]
}
