import { readErrorCode, readRequestId } from '../../lib/entra/graphAnswer.js';

describe('an error of Graph', () => {
  it.each([
    ['its code in lower case', { error: { code: 'SyncStateNotFound' } }, 'syncstatenotfound'],
    ['no code where there is none', { error: {} }, null],
    ['no code where it is a sentence', { error: { code: 'someone@contoso.com is unknown' } }, null],
    ['no code of a body that is no object', 'Bad gateway', null],
    ['no code of nothing', undefined, null],
  ])('has %s', (_, body, code) => {
    expect(readErrorCode(body)).toBe(code);
  });

  it.each([
    ['innerError', { error: { innerError: { 'request-id': 'r' } } }, 'r'],
    ['innererror', { error: { innererror: { 'request-id': 'r' } } }, 'r'],
    ['a nested one', { error: { innerError: { code: 'x', innererror: { 'request-id': 'r' } } } }, 'r'],
    ['none', { error: { innerError: 'x' } }, null],
  ])('has its request id in %s', (_, body, id) => {
    expect(readRequestId(new Headers(), body)).toBe(id);
  });

  it('has its request id in the header first', () => {
    expect(readRequestId(new Headers({ 'request-id': 'h' }), { error: { innerError: { 'request-id': 'r' } } })).toBe(
      'h',
    );
  });
});
