import { BLIND_SPOTS } from '../core/doctor/blind-spots.ts'
import type { Message } from '../core/doctor/message.ts'
import { MESSAGES } from '../core/doctor/messages/index.ts'
import { AZURE_ROLES, PERMISSIONS, RESOURCES } from '../core/permissions.ts'

const HEADINGS: Readonly<Record<string, string>> = {
  settings: 'Settings',
  clock: 'Clock',
  cloud: 'Cloud',
  'sign-in': 'Signing in',
  secret: "The app's password",
  'audit-feed': 'The audit feed',
  subscription: 'Subscriptions',
  polling: 'Polling',
  pace: 'Pace',
  storage: 'Storage',
  receiver: 'Teams and webhook',
  'mail-reads': 'Who reads mail',
}
const MARKS = { green: '✔', yellow: '⚠', red: '✖', unknown: '?' } as const

/** `docs/operations.md`: everything that `doctor` can say, from the same data. */
export function operationsPage(): string {
  const messages: readonly (readonly [string, Message])[] = Object.entries(MESSAGES)
  const troubles = messages.filter(([, { state }]) => state !== 'green')
  return [
    ...INTRODUCTION,
    '',
    ...Object.entries(HEADINGS).flatMap(([check, heading]) => [
      `## ${heading}`,
      '',
      ...troubles
        .filter(([, message]) => message.check === check)
        .flatMap(([id, message]) => entry(id, message)),
    ]),
    '## Permissions',
    '',
    'One is required. Each of the others adds something, and everything else goes on without it.',
    '',
    '| permission | of | adds | for |',
    '|---|---|---|---|',
    ...PERMISSIONS.map(
      ({ adds, need, resource, serves, value }) =>
        `| \`${value}\`${need === 'required' ? ' (required)' : ''} | ${RESOURCES[resource].name} | ${adds} | ${serves.join(', ')} |`,
    ),
    ...AZURE_ROLES.map(({ adds, on, value }) => `| \`${value}\` | ${on} | ${adds} | Graph activity logs |`),
    '',
    '## What nothing makes visible',
    '',
    ...BLIND_SPOTS.map(({ what, why }) => `- **${what}**: ${why}`),
    '',
  ].join('\n')
}

function entry(id: string, { fix, meanwhile, state, takes, what }: Message): string[] {
  const parts = Object.entries({ 'Who fixes it': fix, 'How long': takes, Meanwhile: meanwhile })
  return [
    `**${MARKS[state]} ${shown(what)}** \`${id}\``,
    '',
    ...parts.flatMap(([name, text]) => (text === undefined ? [] : [`- ${name}: ${shown(text)}`])),
    '',
  ]
}

/** What is filled in is shown as such; Markdown would take `<name>` for HTML. */
function shown(text: string): string {
  return text.replace(/<([a-z ]+)>/g, '*‹$1›*').replaceAll('|', '\\|')
}

const INTRODUCTION = [
  '<!-- Written by npm run generate from core/doctor/messages. Do not edit. -->',
  '# Operations and troubleshooting',
  '',
  '```sh',
  'npx waxseal doctor            # everything a set-up needs: what is wrong, who fixes it and how',
  'npx waxseal doctor --fix      # also starts subscriptions, makes tables and queue',
  'npx waxseal doctor --card     # also sends a card with a code to Teams, and asks for the code',
  'npx waxseal drill             # a harmless inbox rule on its whole way, with a stopwatch',
  '```',
  '',
  '`doctor` changes nothing without `--fix`, prints no secret, and exits 1 where somebody is needed (✖). With `--json` it prints one',
  '`check`, `permission` or `coverage` a line and a `summary` at the end. Run it where the system runs: network and identity differ. The',
  'function `health` answers with the same in short, kept for a quarter of an hour, and 503 where something is red.',
  '',
  'Each message below has the id that `--json` and `health` give. What stands in ‹› is filled in. Sign-in errors (AADSTS) and errors of the',
  'audit feed (AF) are told by their code; one that is not known is shown in its own words.',
]
