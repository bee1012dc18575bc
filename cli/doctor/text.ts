import { styleText } from 'node:util'
import type { Examination } from '../../core/doctor/doctor.ts'
import type { CheckState, Diagnosis } from '../../core/doctor/message.ts'
import { plain } from '../../core/sinks/text.ts'
import { wrapped } from '../terminal.ts'

const MARKS = { green: '✔', yellow: '⚠', red: '✖', unknown: '?' } as const
const STYLES = { green: 'green', yellow: 'yellow', red: 'red', unknown: 'dim' } as const
const SEES = { yes: MARKS.green, partly: MARKS.yellow, no: '–', unknown: MARKS.unknown } as const

/** Longer than any sentence of ours with what a server says in it. */
const TEXT = 900
const WIDTH = 100

/** The report for people: what is well in a line each, what is not with who fixes it and how. */
export function examinationText({ checks, coverage, permissions, state, tenant }: Examination): string {
  return [
    bold(`Tenant ${plain(tenant)}`),
    ...checks.flatMap(diagnosisLines),
    '',
    bold('Permissions'),
    ...permissions.map(({ adds, granted, need, resource, value }) => {
      const mark =
        granted === undefined ? MARKS.unknown : granted ? MARKS.green : need === 'required' ? MARKS.red : '–'
      return line(mark, `${value} of ${resource} (${need}): ${adds}`)
    }),
    '',
    bold('What it sees and what it cannot'),
    ...coverage.map(({ detail, sees, what }) => line(SEES[sees], `${what}: ${detail}`)),
    '',
    bold(SUMMARIES[state]),
    '',
  ].join('\n')
}

const SUMMARIES: Readonly<Record<CheckState, string>> = {
  green: 'Everything works.',
  yellow: 'It works, or will by itself; what is marked ⚠ is worth a look.',
  red: 'Somebody is needed: see what is marked ✖.',
  unknown: 'Nothing could be looked at.',
}

export function diagnosisLines({ fix, meanwhile, saw, state, takes, what }: Diagnosis): string[] {
  const head = styleText(STYLES[state], `${MARKS[state]} ${plain(what, TEXT)}`, { stream: process.stdout })
  if (state === 'green') return [head]
  const parts = Object.entries({ saw, fix, takes, meanwhile })
  return [head, ...parts.flatMap(([name, value]) => (value === undefined ? [] : [part(name, value)]))]
}

function part(name: string, value: string): string {
  const [first = '', ...more] = wrapped(plain(value, TEXT), WIDTH - 14)
  return [`    ${name.padEnd(10)}${first}`, ...more.map(rest => `${' '.repeat(14)}${rest}`)].join('\n')
}

function line(mark: string, text: string): string {
  const [first = '', ...more] = wrapped(plain(text, TEXT), WIDTH - 4)
  return [`${mark} ${first}`, ...more.map(rest => `  ${rest}`)].join('\n')
}

const bold = (text: string) => styleText('bold', text, { stream: process.stdout })
