export { NearQuestions } from './near.ts'
export { questionPolicyOf, routingOf } from './policy.ts'
export { raiseQuestion } from './raising.ts'
export { questionRow } from './steps.ts'
export { answerTitles, callbackAsking, questionAskings } from './telling.ts'
export { registerQuestions } from './routes.ts'
export { registerCallbacks } from './callback-routes.ts'
export { wantCallback } from './callbacks.ts'
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
export { answeredQuestion } from './views.ts'
