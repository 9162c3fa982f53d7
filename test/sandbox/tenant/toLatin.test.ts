import { toLatin } from '../../../lib/sandbox/tenant/toLatin.js';

describe('a name as part of a userPrincipalName', () => {
  it.each([
    ['Björn', 'bjorn'],
    ['Weiß', 'weiss'],
    ['Łukasz', 'lukasz'],
    ['Đức', 'duc'],
    ['Þórdís', 'thordis'],
    ['Işık', 'isik'],
    ['İpek', 'ipek'],
    ['Bæk', 'baek'],
    ['Søren', 'soren'],
    ["O'Neill", 'oneill'],
    ['García Márquez', 'garciamarquez'],
    ['Smith-Jones', 'smith-jones'],
  ])('%s becomes %s', (written, latin) => {
    expect(toLatin(written)).toBe(latin);
  });
});
