import { parseAnswerBody, type ScimAnswer } from './answer.js';

/** Takes a response apart without using it up. */
export const readAnswer = async (response: Response): Promise<ScimAnswer> => ({
  status: response.status,
  headers: response.headers,
  body: parseAnswerBody(await response.clone().text()),
});
