import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { detections } from '../../core/detections/index.ts'
import { linesOf, makeCommand, WAXSEAL } from './command.ts'

const { folder, run, launchProgram } = makeCommand()

describe('waxseal detections', () => {
  test('prints one object a line, with everything there is to know', async () => {
    const ended = await run(['detections', '--json'])
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const lines = linesOf(ended)
    expect(lines.map(({ id }) => id)).toEqual(detections.map(({ id }) => id))
    for (const line of lines) {
      expect(Object.keys(line)).toEqual([
        'type',
        'id',
        'title',
        'severity',
        'attack',
        'kind',
        'feeds',
        'operations',
        'limits',
        'covers',
        'triage',
        'falsePositives',
        'notCovered',
        'references',
      ])
      expect(line).toMatchObject({
        type: 'detection',
        severity: expect.stringMatching(/^(critical|high|medium|low)$/),
        kind: expect.stringMatching(/^(record|window|baseline|new_terms|sequence)$/),
        attack: expect.arrayContaining([expect.stringMatching(/^T\d{4}/)]),
        covers: expect.arrayContaining([expect.any(String)]),
        limits: expect.arrayContaining([expect.objectContaining({ atLeast: expect.any(Number) })]),
      })
    }
  })

  test('names every detection for people, each with its limits', async () => {
    const { stdout, code } = await run(['detections'])
    expect(code).toBe(0)
    for (const { id, title, terms } of detections) {
      expect(stdout).toContain(`${id} · `)
      expect(stdout).toContain(title)
      for (const term of terms) expect(stdout).toContain(`${term.id}: `)
    }
  })
})

describe('waxseal detections --config', () => {
  test('shows limits as they are tuned, and leaves out what is switched off', async () => {
    const cwd = await folder('tuned')
    const tuning = {
      detections: {
        'bulk-mail-read': {
          terms: { 'reader-hour': { atLeast: 800, withinMinutes: 90 }, accesses: { enabled: false } },
        },
        'many-networks': { enabled: false },
        'suspicious-client': { severity: 'low' },
      },
    }
    await writeFile(join(cwd, 'waxseal.config.json'), JSON.stringify(tuning))
    const plain = await run(['detections'], { cwd })
    expect(plain.stdout).toContain('500 or more messages one reader opened, within one hour')

    const { stdout, code } = await run(['detections', '--config', 'waxseal.config.json'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('reader-hour: 800 or more messages one reader opened, within 90 minutes')
    expect(stdout).toContain('suspicious-client · low · ')
    expect(stdout).not.toMatch(/accesses:|many-networks ·/)
  })
})

/** PATH as it is outside npm, which puts the Node of the project first. */
const ownPath = (process.env.PATH ?? '')
  .split(delimiter)
  .filter(folder => !folder.includes('node_modules'))
  .join(delimiter)
const version = spawnSync('/usr/bin/env', ['node', '--version'], { env: { PATH: ownPath }, encoding: 'utf8' })
const major = Number(/^v(\d+)/.exec(version.stdout ?? '')?.[1] ?? 99)

describe.runIf(major < 22)('on a Node that does not run TypeScript', () => {
  test('waxseal hands over to the Node that was installed with it', async () => {
    const old = launchProgram('/usr/bin/env', ['node', WAXSEAL, 'detections', '--json'], {
      env: { PATH: ownPath },
    })
    const ended = await old.ended
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(linesOf(ended)).toHaveLength(detections.length)
  })

  test('its exit code is that of the command', async () => {
    const { code } = await launchProgram('/usr/bin/env', ['node', WAXSEAL, 'replay', '/nowhere'], {
      env: { PATH: ownPath },
    }).ended
    expect(code).toBe(2)
  })
})
