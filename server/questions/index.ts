export { wantCallback } from './callbacks.ts'
export { questionPolicyOf, routingOf } from './policy.ts'
export { keysInUse, sealAnew } from './sealed.ts'
export {
  callback,
  callbackHandover,
  callbackTry,
  question,
  questionAnswer,
  questionPolicy,
  questionStep,
  routing,
} from './tables.ts'
