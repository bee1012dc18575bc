import { Command, Option } from 'commander'
import { SEVERITIES } from '../core/model/severity.ts'
import { present } from './errors.ts'
import { takeLocalSettings } from './local-settings.ts'

/** A commander default of 1 for bad usage would read as "the answer is bad"; ours is 2. */
const BAD_USAGE = 2

// Each command loads its own parts: `replay` and `detections` need none of Azure's libraries.
const program = new Command('waxseal')
  .description('Know when someone else reads your mail.')
  .exitOverride(error => process.exit(error.exitCode === 0 ? 0 : BAD_USAGE))
  .showHelpAfterError('(waxseal --help tells what there is)')

program
  .command('start')
  .description(
    'run the whole system on this machine: against your tenant if one is set, else against an emulated one',
  )
  .option('--once', 'one whole cycle (emulated: the scenario to its end), then a summary')
  .option('--json', 'with --once: findings and summary as JSON lines on standard output')
  .option('--port <number>', 'port of the local page', port)
  .option('--data <folder>', 'where state is kept (default: .waxseal)')
  .option('--fresh', 'forget the state of earlier runs first')
  .option('--scenario <name>', 'what the emulated tenant plays: takeover (default) or quiet-day')
  .action(options =>
    run(async () => {
      const { start } = await import('./start/command.ts')
      takeLocalSettings()
      return await start(options)
    }),
  )

program
  .command('replay')
  .description(
    'judge exported audit records: blobs, JSON Lines, Purview CSV and JSON, .gz; nothing leaves this machine',
  )
  .argument('<path...>', 'files or folders')
  .option('--json', 'findings and summary as JSON lines on standard output')
  .option('--config <file>', 'the file that tunes (default: WAXSEAL_CONFIG, or waxseal.config.json here)')
  .addOption(new Option('--fail-on <severity>', 'exit 1 if anything this bad is found').choices(SEVERITIES))
  .action((paths, options) =>
    run(async () => {
      const { replay } = await import('./replay/command.ts')
      return await replay(paths, options)
    }),
  )

program
  .command('detections')
  .description('the catalogue of what is recognised')
  .option('--json', 'one detection as a JSON object per line')
  .option('--config <file>', 'as this file tunes them')
  .action(options =>
    run(async () => {
      const { listDetections } = await import('./detections.ts')
      return listDetections(options)
    }),
  )

program
  .command('ledger')
  .description('what became of everything that became available: evaluated, pending, set aside, lost')
  .option('--from <time>', 'since when, UTC (default: 7 days before --to)')
  .option('--to <time>', 'until when, UTC (default: now)')
  .option('--json', 'one feed as a JSON object per line')
  .option('--data <folder>', 'where state is kept (default: .waxseal)')
  .action(options =>
    run(async () => {
      const { ledger } = await import('./ledger/command.ts')
      takeLocalSettings()
      return await ledger(options)
    }),
  )

const quarantine = program
  .command('quarantine')
  .description('what could not be read: list it, try one again at once, or give one up')
const folder = ['--data <folder>', 'where state is kept (default: .waxseal)'] as const
quarantine
  .command('list', { isDefault: true })
  .description('all that is set aside')
  .option('--json', 'one blob as a JSON object per line')
  .option(...folder)
  .action(options => run(async () => (await quarantineCommands()).listQuarantine(options)))
quarantine
  .command('release')
  .description('try a blob again with the next run')
  .argument('<id>', 'as listed')
  .option(...folder)
  .action((id, options) => run(async () => (await quarantineCommands()).releaseBlob(id, options)))
quarantine
  .command('drop')
  .description('give a blob up: it stays on record, and nobody asks about it any more')
  .argument('<id>', 'as listed')
  .requiredOption('--reason <text>', 'why its records need not be evaluated')
  .option(...folder)
  .action((id, options) => run(async () => (await quarantineCommands()).dropBlob(id, options)))

function quarantineCommands() {
  takeLocalSettings()
  return import('./quarantine/command.ts')
}

program
  .command('report')
  .description('all that is on record about incidents, as files for an insurer, a lawyer or a responder')
  .argument('[incident...]', 'ids, as cards name them (default: all incidents of the time)')
  .option('--from <time>', 'since when, UTC (default: 7 days before --to)')
  .option('--to <time>', 'until when, UTC (default: now)')
  .option('--out <folder>', 'a new folder to write into (default: waxseal-report- and the time, here)')
  .option('--json', 'one file as a JSON object per line, then a summary')
  .option('--data <folder>', 'where state is kept (default: .waxseal)')
  .action((incidents, options) =>
    run(async () => {
      const { report } = await import('./report/command.ts')
      takeLocalSettings()
      return await report(incidents, options)
    }),
  )

program
  .command('doctor')
  .description('look at everything a set-up needs: what is wrong, who fixes it and how; changes nothing')
  .option('--json', 'one check, permission or line of coverage as a JSON object per line')
  .option('--fix', 'start subscriptions, make tables and queue')
  .option('--card', 'send a card with a code to Teams, and ask for the code')
  .option('--data <folder>', 'where state is kept on this machine (default: .waxseal)')
  .action(options =>
    run(async () => {
      const { doctor } = await import('./doctor/command.ts')
      takeLocalSettings()
      return await doctor(options)
    }),
  )

program
  .command('grant')
  .description('show what gives the app its permissions; with --yes, do it with your own sign-in (az login)')
  .option(
    '--principal-id <id>',
    'identityPrincipalId of the deployment, or a client id (default: AZURE_CLIENT_ID)',
  )
  .option(
    '--with <permission>',
    'an optional permission as well (again for more)',
    (name, all: string[]) => [...all, name],
    [],
  )
  .option('--all', 'all optional permissions as well')
  .option('--list', 'the permissions, and what each adds')
  .option('--yes', 'do it')
  .action(options =>
    run(async () => {
      const { grant } = await import('./grant/command.ts')
      takeLocalSettings()
      return await grant(options)
    }),
  )

program
  .command('init')
  .description('ask for what a set-up needs, show what would be written, and write it')
  .addOption(new Option('--target <place>', 'where it is going to run').choices(['local', 'azure']))
  .option('--tenant <id>', 'directory (tenant) id')
  .option('--domains <list>', 'your own mail domains, separated by commas')
  .option('--client-id <id>', 'client id of the app registration')
  .option('--secret-expires <day>', 'the day AZURE_CLIENT_SECRET ends')
  .option('--email <address>', 'azure: who is mailed when the app stops')
  .option('--name <text>', 'azure: what cards call the organisation')
  .option('--yes', 'ask nothing; secrets are taken from TEAMS_WEBHOOK_URL and AZURE_CLIENT_SECRET')
  .action(options =>
    run(async () => {
      const { init } = await import('./init/command.ts')
      return await init(options)
    }),
  )

program
  .command('drill')
  .description('ask for a harmless inbox rule, and tell how long it takes until its card is posted')
  .option('--code <digits>', 'go on waiting for an earlier drill')
  .option('--hours <number>', 'how long to wait (default: 4)', hours)
  .option('--json', 'the times as one JSON object on standard output')
  .option('--data <folder>', 'where state is kept on this machine (default: .waxseal)')
  .action(options =>
    run(async () => {
      const { drill } = await import('./drill/command.ts')
      takeLocalSettings()
      return await drill(options)
    }),
  )

function hours(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 72))
    program.error(`error: --hours takes a number up to 72, not "${text.slice(0, 40)}"`)
  return value
}

function port(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    program.error(`error: --port takes a number from 0 to 65535, not "${text.slice(0, 40)}"`)
  return value
}

async function run(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command()
  } catch (error) {
    process.exitCode = present(error, text => process.stderr.write(text))
  }
  // A request that was given up and never answered must not hold the process once all is said.
  process.stdout.write('', () => setTimeout(() => process.exit(), 1_000).unref())
}

// A reader that has seen enough (`| head`) closes the pipe; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

await program.parseAsync()
