import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ConfigError } from '../../core/model/errors.ts'
import { LOCAL_SETTINGS } from '../local-settings.ts'
import { diffText } from './diff.ts'
import { type Answers, type Change, CONFIG, config, localSettings, PARAMETERS, parameters } from './files.ts'
import { ask, askTarget, askToWrite, problemWith, QUESTIONS, type Streams, type Target } from './questions.ts'

export interface InitOptions {
  readonly target?: Target
  readonly tenant?: string
  readonly domains?: string
  readonly clientId?: string
  readonly secretExpires?: string
  readonly email?: string
  readonly name?: string
  readonly yes?: boolean
}

export interface InitPlace {
  readonly folder: string
  /** Where Waxseal lies, with the schema of its file. */
  readonly root: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Whether somebody sits there to be asked. */
  readonly terminal: boolean
  readonly streams?: Streams
  say(text: string): void
}

const ROOT = join(import.meta.dirname, '../..')

/** Asks for what a set-up needs, shows what would be written, and writes it. Returns the exit code. */
export function init(options: InitOptions): Promise<number> {
  return initAt(options, {
    folder: process.cwd(),
    root: ROOT,
    environment: process.env,
    terminal: process.stdin.isTTY === true && process.stdout.isTTY === true,
    say: text => process.stdout.write(`${text}\n`),
  })
}

export async function initAt(options: InitOptions, place: InitPlace): Promise<number> {
  const { folder, say, streams, terminal } = place
  const asking = terminal && !options.yes
  const target = options.target ?? (asking ? await askTarget(streams) : 'local')
  const answers = await answered(options, target, place, asking)
  const before = (path: string) => readIfThere(join(folder, path))
  const changes = [
    target === 'local'
      ? localSettings(before(LOCAL_SETTINGS), answers)
      : parameters(before(PARAMETERS), answers),
    config(before(CONFIG), folder, place.root),
  ].filter(change => change.before !== change.after)
  if (changes.length === 0) {
    say('Nothing to change: the files say so already.')
    return 0
  }
  for (const change of changes) say(diffText(change))
  if (!asking && !options.yes)
    throw new ConfigError(['Nothing was written, as nobody could be asked; with --yes it is.'])
  if (asking && !(await askToWrite(streams))) {
    say('Nothing was written.')
    return 0
  }
  for (const change of changes) write(folder, change)
  say(next(target))
  return 0
}

/** Flags come first, secrets from the environment, and the rest is asked where somebody is there. */
async function answered(
  options: InitOptions,
  target: Target,
  { environment, streams }: InitPlace,
  asking: boolean,
): Promise<Answers> {
  const answers: Record<string, string> = {}
  const problems: string[] = []
  for (const question of QUESTIONS.filter(one => one.target === target)) {
    const { after, flag, name, required, secret } = question
    if (after !== undefined && answers[after] === undefined) continue
    const given = flag === undefined ? undefined : Reflect.get(options, flag)
    const known = secret ? environment[name] : typeof given === 'string' ? given : undefined
    const answer = (known ?? (asking ? await ask(question, streams) : '')).trim()
    const problem = problemWith(name, answer, required)
    if (problem !== undefined)
      problems.push(flag === undefined ? problem : `${problem} Give it with --${dashed(flag)}.`)
    if (answer !== '') answers[name] = answer
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return answers
}

const dashed = (flag: string) => flag.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Whole or not at all, and for nobody else's eyes: secrets may stand in it. The file is a new one each time: one that lies
 * there already would keep its own mode, or be a link to somewhere else.
 */
function write(folder: string, { after, path }: Change): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  rmSync(`${file}.new`, { force: true })
  writeFileSync(`${file}.new`, after, { flag: 'wx', mode: path === LOCAL_SETTINGS ? 0o600 : 0o644 })
  renameSync(`${file}.new`, file)
}

function next(target: Target): string {
  return target === 'local'
    ? `Written. Secrets stand in ${LOCAL_SETTINGS} alone, which only you can read and git leaves out: keep it so.\nNext: waxseal doctor, then waxseal start.`
    : `Written. No secret stands in it: the address of the Teams workflow is asked for when you deploy.\nNext: az deployment group create … --parameters @${PARAMETERS} (docs/deploy.md).`
}
