import { Presets, SingleBar } from 'cli-progress'

export interface Stepper {
  /** `now`: emulated UTC milliseconds. */
  at(now: number): void
  stop(): void
}

/** How far the emulated day has come: a bar on a terminal, nothing elsewhere. */
export function makeStepper(stream: NodeJS.WriteStream, steps: number, wanted: boolean): Stepper {
  if (!wanted || !stream.isTTY) return { at() {}, stop() {} }
  const bar = new SingleBar(
    { stream, format: '{bar} {time} UTC in the emulated day', hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  )
  bar.start(steps, 0, { time: '00:00' })
  return {
    at: now => bar.increment(1, { time: new Date(now).toISOString().slice(11, 16) }),
    stop: () => bar.stop(),
  }
}
