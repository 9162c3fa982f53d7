import { resultOf } from '../evaluateText.js';

const attributes = { empty: '', blank: ' ', text: 'x', none: null, list: ['a'], nothing: [], number: 0, flag: false };

test.each([
  ['IsNull([none])', true],
  ['IsNull([missing])', true],
  ['IsNull([empty])', false],
  ['IsNull([nothing])', false],
  ['IsNothing([none])', true],
  ['IsNullOrEmpty([empty])', true],
  ['IsNullOrEmpty([none])', true],
  ['IsNullOrEmpty([nothing])', true],
  ['IsNullOrEmpty([blank])', false],
  ['IsNullOrEmpty([number])', false],
  ['IsNullOrEmpty([flag])', false],
  ['IsPresent([empty])', false],
  ['IsPresent([blank])', true],
  ['IsPresent([list])', true],
  ['IsString([text])', true],
  ['IsString([empty])', true],
  ['IsString([number])', true],
  ['IsString([flag])', true],
  ['IsString(Now())', true],
  ['IsString([none])', false],
  ['IsString([list])', false],
])('%s is %s', (text, expected) => {
  expect(resultOf(text, attributes)).toBe(expected);
});
