import { HUNTING_QUERIES } from '../core/feeds/graph/hunting/queries.ts'
import { COMMANDS, type CommandKind } from '../core/model/hunting-lists.ts'
import { table, toDetection } from './detections-page/markdown.ts'

const KINDS: Readonly<Record<CommandKind, string>> = {
  export: 'takes mailboxes out of a server of your own',
  removal: 'tidies up after that',
  tool: 'belongs to a tool made for taking mail',
  device: 'lets a device at a mailbox',
  script: 'opens mail through a library, Outlook or the server’s own module',
  look: 'asks around',
}

/** `docs/hunting.md`: the queries as they are sent, to be read and to be pasted. */
export function huntingPage(): string {
  const detection = (id: string) => toDetection(id).replace('(#', '(detections.md#')
  return `${[
    '<!-- Written by `npm run generate` from core/model/hunting-lists.ts and core/feeds/graph/hunting. Do not edit. -->',
    '# Hunting on machines',
    'Mail that is taken from a machine, or from an Exchange server of your own, leaves nothing in the audit log. Where the tenant has' +
      ' Microsoft Defender for Endpoint and Waxseal was given `ThreatHunting.Read.All`, it asks Defender every hour and judges the' +
      ` answers as it judges audit records: ${detection('local-mail-store')} and ${detection('onprem-collection-tooling')}.`,
    'Each table is looked for by itself, and one that the licence does not bring is left out quietly; `health` lists which. An hour is' +
      ' asked for again six hours later, and three days later for machines that were away. Of a command 300 characters are kept as evidence;' +
      ' cards show only the words found.',
    'The queries have no time of their own. To look yourself, paste one under Hunting, Advanced hunting in the Defender portal and choose' +
      ' a time there.',
    ...HUNTING_QUERIES.map(
      ({ id, kql, table: name, what }) => `## ${id}\n\n${name}: ${what}.\n\n\`\`\`kusto\n${kql}\n\`\`\``,
    ),
    '## What the words mean',
    table(
      ['words', 'what'],
      Object.entries(COMMANDS).map(([kind, words]) => [
        words.map(word => `\`${word}\``).join(', '),
        KINDS[kind as CommandKind],
      ]),
    ),
  ].join('\n\n')}\n`
}
