import * as z from 'zod'
import { endpointProblem, originOf } from '../net/origin.ts'

/** The address of an API, as a setting. */
export const endpoint = z
  .string()
  .superRefine((value, context) => {
    const problem = endpointProblem(value)
    if (problem !== undefined) context.addIssue(problem)
  })
  .transform(value => originOf(value) ?? value)
