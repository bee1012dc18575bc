import { appKind } from './microsoft-apps.ts'

/** The page every sign-in in a browser can begin with; phishing kits send their victims there. */
export const OFFICE_HOME = '4765445b-32c6-49b0-83e6-1d93765276ca'
/** Fetches tokens for other programs of a device. */
export const BROKER = '29d9ed98-a469-4536-ade2-f981bc1d605e'

const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000'
const GRAPH = '00000003-0000-0000-c000-000000000000'

/** Microsoft's own clients that scripts and thieves drive as well, by the start of their ids like all applications. */
const DEVELOPER = new Map([
  ['04b07795', 'Azure CLI'],
  ['1950a258', 'Azure PowerShell'],
  ['1b730954', 'Azure AD PowerShell'],
  ['14d82eec', 'Microsoft Graph Command Line Tools'],
  ['de8bc8b5', 'Graph Explorer'],
  ['aebc6443', 'Visual Studio Code'],
  ['872cd9fa', 'Visual Studio'],
  ['fb78d390', 'Exchange Online PowerShell'],
  ['29d9ed98', 'Microsoft Authentication Broker'],
  ['9ba1a5c7', 'Microsoft Intune Company Portal'],
  ['00b41c95', 'Office 365 Management'],
])

/**
 * Clients that may redeem each other's refresh tokens, so that the token of any of them opens the mailbox. Those that
 * are mail programs or developers' clients are told as such.
 */
const FAMILY = new Set([
  ...[
    '26a7ee05',
    '4813382a',
    'ab9b8c07',
    'af124e86',
    '2d7f3606',
    '844cca35',
    '87749df4',
    'cf36b471',
    '0ec893e0',
  ],
  ...[
    '22098786',
    '4e291c71',
    '57336123',
    '57fcbcfa',
    '66375f6b',
    'a40d7d7d',
    'a569458c',
    'b26aadf8',
    'c0d2a505',
  ],
  ...[
    'd326c1ce',
    'e9c51622',
    'eb539595',
    'ecd6b820',
    'f05ff7c9',
    'f44b1140',
    'be1918be',
    'cab96880',
    'd7b530a4',
  ],
  'dd47d17a',
])

export type SignInAppKind = 'developer' | 'family' | 'mail-program' | 'other'

export function signInAppKind(app: string): SignInAppKind {
  const start = app.slice(0, 8)
  if (DEVELOPER.has(start)) return 'developer'
  if (appKind(app) === 'mail-program') return 'mail-program'
  return FAMILY.has(start) ? 'family' : 'other'
}

/** `Azure CLI (<id>)`, or the id of one that has no name here. */
export function signInAppName(app: string): string {
  const name = app === OFFICE_HOME ? 'Office home page' : DEVELOPER.get(app.slice(0, 8))
  return name === undefined ? `the application ${app}` : `${name} (${app})`
}

/** What a token opens mail with: Exchange itself, or Graph. */
export function isMailResource(resource: string | undefined): boolean {
  return resource === EXCHANGE || resource === GRAPH
}

export function isExchange(resource: string | undefined): boolean {
  return resource === EXCHANGE
}
