import { defineDetection } from '../model/detection.ts'
import { isScripted } from './kit/graph-requests.ts'
import { technique } from './kit/technique.ts'
import { fromAddresses, names, some, when } from './kit/words.ts'

/** ExchangeAdmin, ExchangeItem, ExchangeItemGroup, ExchangeItemAggregated. Reads are type 50; public rules leave it out. */
const RECORD_TYPES = new Set([1, 2, 3, 50])

export default defineDetection({
  id: 'suspicious-client',
  title: 'Mail opened by a script or tool',
  attack: ['T1114.002'],
  reads: 'any',
  terms: [
    {
      id: 'tool',
      counts: 'records of a tool made for collecting mail',
      measures: ['tool'],
      atLeast: 1,
      severity: 'critical',
    },
    {
      id: 'library',
      counts: 'records of a scripting library',
      measures: ['library'],
      atLeast: 1,
      severity: 'medium',
    },
  ],

  signals(record, tenant) {
    const { actor, client, mailbox, recordType } = record
    if (client?.agent === undefined) return []
    if (!RECORD_TYPES.has(recordType ?? 0) && !isScripted(record, tenant)) return []
    // Administrators run cmdlets from PowerShell; in a mailbox it is a script.
    if (recordType === 1 && /powershell/i.test(client.agent.name)) return []
    return [{ key: [mailbox ?? actor, client.agent.name], measure: client.agent.kind }]
  },

  headline: finding =>
    `${finding.key[1]} was used on ${finding.mailboxes.length > 1 ? 'mailboxes' : 'a mailbox'}`,

  sentence: finding => {
    const what =
      finding.term === 'tool' ? 'a tool made for collecting mail' : 'a scripting library, not a mail program'
    return (
      `${when(finding.start, finding.end)} ${finding.key[1]} (${what}) was used on ${names(finding.mailboxes) || finding.key[0]}` +
      `${fromAddresses(finding)}, in ${some(finding.count, 'record')}. One is enough for this message.`
    )
  },

  triage: [
    'Ask the owner of the mailbox, by phone, and whoever writes scripts for you whether this is theirs.',
    'If nobody knows: block sign-in, revoke sessions, reset the password.',
    'If an application signed in: disable it under Enterprise applications and rotate its credential.',
  ],
  notKnown: 'Who runs the program, and whether the owner knows.',
  falsePositives: ['Home-made scripts, scanners and ticket systems that read a mailbox over EWS'],
  notCovered: [
    'A tool that calls itself a browser or Outlook',
    'Graph callers, whose name Exchange does not record, where the log of Graph requests is not read',
    'Libraries on servers, which every honest one uses: there only tools are told',
  ],
  references: [technique('T1114.002')],
  covers: [
    'df00tech T1114.002: Suspicious EWS Client',
    'df00tech T1114: RemoteEmailCollection, AutomationUserAgent',
    'df00tech T1114: test 3, mailbox enumeration by an EWS request',
    'Splunk: O365 OAuth App Mailbox Access via EWS',
  ],
})
