import { duration } from '../../core/doctor/duration.ts'
import { MINUTE } from '../../core/model/time.ts'
import type { Drill } from '../../core/pipeline/drill.ts'
import { plain } from '../../core/sinks/text.ts'

/** `example.com` belongs to nobody and takes no mail (RFC 2606). */
export const destinationOf = (code: string) => `waxseal-drill-${code}@example.com`

/** A rule that can do no harm: no message has that subject, and nobody gets what it would send. */
export function instructions(code: string): string {
  return [
    'Make this rule in a mailbox of yours, in Outlook on the web (Settings, Mail, Rules, Add new rule):',
    `  Name       Waxseal drill ${code}`,
    `  Condition  Subject includes   waxseal-drill-${code}-that-nobody-writes`,
    `  Action     Forward to         ${destinationOf(code)}`,
    'It never does anything: no message has that subject, and the address takes no mail.',
    'Not in desktop Outlook, which records some rules without their contents.',
    '',
    'Microsoft takes 60 to 90 minutes as a rule, and up to 12 hours for the first records after subscribing.',
  ].join('\n')
}

export const removal = (code: string) =>
  `Now delete the rule "Waxseal drill ${code}". (To find it later: waxseal drill --code ${code} goes on waiting.)`

/** What each part took, in order; a part that cannot be told apart goes into the next. */
export function shares({
  delivered,
  event,
  judged,
  listed,
  posted,
}: Drill): { part: string; seconds: number }[] {
  const steps = [
    { part: 'Microsoft, until the record could be fetched', at: delivered },
    { part: 'until our listing saw it', at: listed },
    { part: 'until it was read and judged', at: judged },
    { part: 'until the card was posted', at: posted },
  ]
  let before = event
  return steps.flatMap(({ at, part }) => {
    if (at === undefined) return []
    // Whole seconds, and clocks of two machines.
    const seconds = Math.max(0, at - before)
    before = Math.max(before, at)
    return [{ part, seconds }]
  })
}

export function drillText(drill: Drill): string {
  const { event, judged, mailbox, posted, told } = drill
  const total = (posted ?? judged ?? event) - event
  const parts = shares(drill)
  return [
    `The rule in ${plain(mailbox)} was recognised.`,
    ...parts.map(
      ({ part, seconds }) =>
        `  ${part.padEnd(46)} ${duration(seconds).padStart(12)}  ${share(seconds, total)}`,
    ),
    told
      ? `Your tenant's delay today: ${total < 2 * MINUTE ? duration(total) : `${Math.round(total / MINUTE)} minutes`}. Everything works.`
      : 'No card was sent: no receiver is set, or waxseal.config.json holds such findings back.',
  ].join('\n')
}

function share(seconds: number, total: number): string {
  return total === 0 ? '' : `${String(Math.round((100 * seconds) / total)).padStart(3)} %`
}
