import { confirm, input, password, select } from '@inquirer/prompts'
import { isGuid } from '../../core/model/values.ts'
import { declarations } from '../../core/settings.ts'

/** Where the system is going to run. */
export type Target = 'local' | 'azure'

/** What init may ask. Names are those of the settings, and of the parameters of the template. */
export interface Question {
  readonly name: string
  readonly target: Target
  readonly message: string
  /** Flag that answers it; a secret has none, because command lines are kept and shown. */
  readonly flag?: string
  readonly secret?: true
  readonly required?: true
  /** Asked only where this one was answered. */
  readonly after?: string
}

/** With where it runs and whether to write, never more than eight. */
export const QUESTIONS: readonly Question[] = [
  {
    ...{ name: 'AZURE_TENANT_ID', target: 'local', flag: 'tenant', required: true },
    message: 'Directory (tenant) id, from the overview of the Entra admin centre:',
  },
  {
    ...{ name: 'INTERNAL_DOMAINS', target: 'local', flag: 'domains' },
    message: 'Your own mail domains, separated by commas (empty: learned by itself):',
  },
  {
    ...{ name: 'TEAMS_WEBHOOK_URL', target: 'local', secret: true },
    message: 'Address of the Teams workflow that posts cards (not shown; empty: none):',
  },
  {
    ...{ name: 'AZURE_CLIENT_ID', target: 'local', flag: 'clientId' },
    message: 'Client id of the app registration (empty: whatever this machine is signed in with):',
  },
  {
    ...{ name: 'AZURE_CLIENT_SECRET', target: 'local', secret: true, after: 'AZURE_CLIENT_ID' },
    message: 'Value of its client secret (not shown; empty: none):',
  },
  {
    ...{
      name: 'CLIENT_SECRET_EXPIRES',
      target: 'local',
      flag: 'secretExpires',
      after: 'AZURE_CLIENT_SECRET',
    },
    message: 'The day the secret ends, such as 2027-05-31 (empty: not known):',
  },
  {
    ...{ name: 'alertEmail', target: 'azure', flag: 'email', required: true },
    message: 'Who is mailed when the app stops; better an address outside the tenant:',
  },
  {
    ...{ name: 'tenantName', target: 'azure', flag: 'name' },
    message: 'What cards call the organisation (empty: its tenant id):',
  },
  {
    ...{ name: 'internalDomains', target: 'azure', flag: 'domains' },
    message: 'Your own mail domains, separated by commas (empty: learned by itself):',
  },
]

/** Streams of a test; the terminal otherwise. */
export type Streams = NonNullable<Parameters<typeof input>[1]>

export function askTarget(streams?: Streams): Promise<Target> {
  const choices = [
    { name: 'on this machine', value: 'local' },
    { name: 'in Azure', value: 'azure' },
  ] as const
  return select<Target>({ message: 'Where is Waxseal going to run?', choices }, streams)
}

export function ask({ message, name, required, secret }: Question, streams?: Streams): Promise<string> {
  const validate = (text: string) => problemWith(name, text.trim(), required) ?? true
  return secret ? password({ message, mask: '*', validate }, streams) : input({ message, validate }, streams)
}

export function askToWrite(streams?: Streams): Promise<boolean> {
  return confirm({ message: 'Write this?', default: true }, streams)
}

/** Parameters of the template are settings by another name. */
const SETTING: Readonly<Record<string, string>> = {
  internalDomains: 'INTERNAL_DOMAINS',
  tenantName: 'TENANT_NAME',
}

/** What is wrong with an answer, by the same declarations that the settings are read by. Never repeats it. */
export function problemWith(name: string, answer: string, required = false): string | undefined {
  if (answer === '') return required ? `${name} is needed.` : undefined
  if (name === 'AZURE_CLIENT_ID') return isGuid(answer) ? undefined : `${name} must be a GUID.`
  if (name === 'alertEmail')
    return /^[^@\s]+@[^@\s]+$/.test(answer) ? undefined : `${name} is not a mail address.`
  const schema = Object.entries(declarations).find(([setting]) => setting === (SETTING[name] ?? name))?.[1]
  const issue = schema?.safeParse(answer).error?.issues[0]
  return issue && `${name} ${issue.message.replace(/\.+$/, '')}.`
}
