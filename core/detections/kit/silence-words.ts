import type { Finding } from '../../model/finding.ts'
import type { Seconds } from '../../model/time.ts'
import { names, when } from './words.ts'

/** What fell silent: of some records of reads, of others a content type. */
export function silentOnes(of: string): string {
  return of === 'MailItemsAccessed' ? 'reads of mail' : `records of ${of}`
}

/** `17:00 UTC on 18 November` */
const moment = (at: Seconds) => when(at, at).slice('At '.length)

export function silenceHeadline({ key, count, term }: Finding): string {
  const of = silentOnes(key[1] ?? '')
  switch (term) {
    case 'again':
      return 'Audit records come again that had stopped'
    case 'restarted':
    case 'subscription':
      return `Collection of ${key[1]} was switched off`
    case 'mail':
    case 'feed':
      return `No more ${of}`.slice(0, 60)
    default:
      return `Reads of ${count === 1 ? 'a mailbox' : `${count} mailboxes`} are no longer recorded`
  }
}

export function silenceSentence({ actor, end, key, mailboxes, notes, start, term }: Finding): string {
  const [subject, of = ''] = key
  const lost = 'What became available meanwhile cannot be fetched any more.'
  switch (term) {
    case 'again':
      return `${of === 'again' ? `Reads of mail of ${subject}` : silentOnes(of)} were missing from ${moment(start)} to ${moment(end)}, and are recorded again.`
    case 'restarted':
      return `${when(start, end)} the collection of ${of} was switched off. We started it again. ${lost}`
    case 'subscription':
      return `After ${moment(start)} the collection of ${of} was switched off; we are starting it again. ${lost}`
    case 'mail':
    case 'feed':
      return `Since ${moment(start)} there are no ${silentOnes(of)}, at hours that usually have some, while other audit records go on coming. Our connection works.`
    default:
      return (
        `Since about ${moment(start)} no reads of ${names(mailboxes)} are on record` +
        `${term === 'after-change' ? `, after ${actor} changed what is recorded` : ''}` +
        `${notes.length === 0 ? '.' : `, but ${notes[0]}.`} Whoever reads that mail is not seen.`
      )
  }
}
