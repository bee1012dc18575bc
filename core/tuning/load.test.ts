import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfiguration, readTuning } from '../configuration.ts'
import { detections } from '../detections/index.ts'
import { ConfigError } from '../model/errors.ts'
import { UNTUNED } from './config.ts'
import { CONFIG_FILE, loadConfig } from './load.ts'

const NOW = Date.UTC(2026, 10, 20) / 1000
const TENANT = '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83'
let root: string
const put = async (path: string, text: string | Buffer) => {
  await mkdir(join(root, path, '..'), { recursive: true })
  await writeFile(join(root, path), text)
  return join(root, path)
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'waxseal-config-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read()
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

const named = (path: string) => problemsOf(() => readTuning({ WAXSEAL_CONFIG: path }, [root], NOW))

describe('the file', () => {
  it('is the one that is named, from the first folder on, before any that merely lies there', async () => {
    await put(`a/${CONFIG_FILE}`, '{"alertFrom": "low"}')
    const path = await put('a/other.json', '{"alertFrom": "high"}')
    const folder = join(root, 'a')
    expect(readTuning({ WAXSEAL_CONFIG: 'other.json' }, [folder], NOW)).toMatchObject({
      path,
      config: { alertFrom: 'high' },
    })
    expect(readTuning({ WAXSEAL_CONFIG: ' ' }, [folder], NOW)?.config.alertFrom).toBe('low')
    expect(readTuning({ WAXSEAL_CONFIG: 'nowhere' }, [root], NOW, path)?.config.alertFrom).toBe('high')
  })

  it('is in the first folder that has one, and may be in none', async () => {
    await put(`b/${CONFIG_FILE}`, '{"alertFrom": "critical"}')
    await put(`c/${CONFIG_FILE}`, '{"alertFrom": "low"}')
    const place = (...folders: [string, ...string[]]) => ({
      folders: folders.map(folder => join(root, folder)) as [string, ...string[]],
    })
    expect(loadConfig(place('empty', 'b', 'c'), detections, NOW)?.config.alertFrom).toBe('critical')
    expect(loadConfig(place('empty'), detections, NOW)).toBeUndefined()
  })

  it('may begin with a byte order mark', async () => {
    const path = await put('bom.json', '\uFEFF{"alertFrom": "high"}')
    expect(readTuning({ WAXSEAL_CONFIG: path }, [root], NOW)?.config.alertFrom).toBe('high')
  })

  it('is told of in a sentence where it cannot be read', async () => {
    await put('utf16.json', Buffer.from('\uFEFF{}', 'utf16le'))
    await put('large.json', `{"x": "${'x'.repeat(1_000_000)}"}`)
    await put('folder/x', '')
    expect(named('gone.json')).toEqual([
      'WAXSEAL_CONFIG names "gone.json", which does not exist; correct the path, or leave it out.',
    ])
    expect(problemsOf(() => readTuning({}, [root], NOW, 'gone.json'))).toEqual([
      '--config names "gone.json", which does not exist; correct the path, or leave it out.',
    ])
    expect(named('utf16.json')).toEqual([
      expect.stringMatching(/which is not written in UTF-8; save it as UTF-8\.$/),
    ])
    expect(named('large.json')).toEqual([expect.stringMatching(/which is larger than 1 MB/)])
    expect(named('folder')).toEqual([expect.stringMatching(/which cannot be read \(EISDIR\)/)])
  })

  it('puts its name before each of its mistakes', async () => {
    await put('bad.json', '{"alertFrom": "hihg", "allow": 7}')
    expect(named('bad.json')).toEqual([
      'bad.json: alertFrom is "hihg", which is not known; did you mean high?',
      'bad.json: allow must be a list in [ ], not 7.',
    ])
  })
})

describe('settings and file', () => {
  it('are read together, and all their mistakes told at once', async () => {
    await put('bad.json', '{"alertFrom": "hihg"}')
    const environment = { AZURE_TENANT_ID: 'birchwood', M365_CLOUD: 'mars', WAXSEAL_CONFIG: 'bad.json' }
    expect(problemsOf(() => readConfiguration(environment, [root], NOW))).toEqual([
      expect.stringMatching(/^AZURE_TENANT_ID /),
      expect.stringMatching(/^M365_CLOUD /),
      expect.stringMatching(/^AzureWebJobsStorage /),
      expect.stringMatching(/^bad\.json: alertFrom /),
    ])
  })

  it('tune nothing where there is no file', () => {
    const environment = { AZURE_TENANT_ID: TENANT, AzureWebJobsStorage: 'UseDevelopmentStorage=true' }
    expect(readConfiguration(environment, [join(root, 'empty')], NOW)).toMatchObject({
      settings: { AZURE_TENANT_ID: TENANT },
      config: UNTUNED,
    })
  })
})
