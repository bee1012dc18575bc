import { describeHalf } from './memory-seeds.ts'

describeHalf(1)
