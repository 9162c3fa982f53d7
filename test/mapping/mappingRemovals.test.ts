import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import type { AttributeMapping } from '../../lib/schema/synchronizationSchema.js';
import { draftSchema, functionSource } from '../schema/schemaDraft.js';

import { compile, compileWith, enterprise, mina, nowMs } from './mappingScene.js';

describe('what is removed', () => {
  const removedWith = (active: string, ...others: AttributeMapping[]) => {
    const draft = draftSchema();
    draft.mapping('active').source = functionSource(active);
    for (const mapping of others) draft.add(mapping);
    return compile(draft.schema).mapRemoved();
  };

  test('no answer means not active', () => {
    expect(removedWith('Switch([IsSoftDeleted], , "False", "True")')).toEqual({
      values: { active: false },
      faults: [],
    });
  });

  test('an active that reads more than is known answers with what is', () => {
    expect(removedWith('IIF([department]="Sales", "True", Switch([IsSoftDeleted], , "True", "False"))').values).toEqual(
      {
        active: false,
      },
    );
  });

  test('an active that does not follow IsSoftDeleted says nothing', () => {
    expect(removedWith('[accountEnabled]').values).toEqual({});
  });

  test('another mapping that reads nothing else flows too', () => {
    const mapped = removedWith('Switch([IsSoftDeleted], , "False", "True", "True", "False")', {
      targetAttributeName: 'title',
      source: functionSource('Switch([IsSoftDeleted], , "True", "Left")'),
    });
    expect(mapped.values).toEqual({ active: false, title: 'Left' });
  });
});

describe('matching', () => {
  test('goes by priority, and by the value without defaults', () => {
    const draft = draftSchema();
    draft.mapping('userName').matchingPriority = 2;
    Object.assign(draft.mapping('emails[type eq "work"].value'), { matchingPriority: 1, flowType: 'ObjectAddOnly' });
    Object.assign(draft.mapping('displayName'), { matchingPriority: 3, defaultValue: '-' });
    const mapping = compile(draft.schema);
    expect(mapping.matching.map(({ path }) => path)).toEqual([
      'emails[type eq "work"].value',
      'userName',
      'displayName',
    ]);
    expect(mapping.mapMatching({ userPrincipalName: 'a@x.example' }, nowMs).values).toEqual({
      'emails[type eq "work"].value': 'a@x.example',
      userName: 'a@x.example',
    });
  });
});

describe('filters', () => {
  test('those of the scope and of the input are asked apart, and what they read is read', () => {
    const draft = draftSchema();
    draft.user.scope = {
      groups: [
        {
          clauses: [{ operatorName: 'EQUALS', sourceOperandName: 'department', targetOperand: { values: ['Sales'] } }],
        },
      ],
      inputFilterGroups: [{ clauses: [{ operatorName: 'IS NOT NULL', sourceOperandName: 'employeeId' }] }],
    };
    const mapping = compile(draft.schema);
    expect(mapping.sourceAttributes).toContain('employeeId');
    expect(mapping.evaluateFilters(mina)).toEqual({
      passed: true,
      detail: "department = 'Sales', wanted EQUALS 'Sales'",
      fault: null,
    });
    expect(mapping.evaluateInputFilters(mina)).toEqual({
      passed: false,
      detail: 'employeeId = null, wanted IS NOT NULL',
      fault: null,
    });
  });
});

test('a manager is a reference to be resolved by whoever maps', () => {
  const mapping = compileWith({ targetAttributeName: `${enterprise}:manager`, source: functionSource('[manager]') });
  expect(mapping.references).toEqual([{ path: `${enterprise}:manager`, source: 'manager' }]);
  expect(mapping.mapForCreate({ ...mina, manager: 'zoom-id' }, nowMs).values[`${enterprise}:manager`]).toBe('zoom-id');
});

test('a mapping that redacts is named, so that logs can leave its value out', () => {
  const mapping = compileWith({ targetAttributeName: 'title', source: functionSource('Redact([employeeId])') });
  expect(mapping.redacted).toEqual(['title']);
});

test('a schema that was not validated is refused with the place', () => {
  expect(() => compileWith({ targetAttributeName: 'title', source: functionSource('Nope(') })).toThrow(
    /^synchronizationRules\[0\]\.objectMappings\[0\]\.attributeMappings\[10\]\.source\.expression: /,
  );
});

describe('a target resource', () => {
  const mapping = compile(builtInZoomSchema);
  test('is read with the types of the attributes', () => {
    const resource = { Active: 'True', userName: 'a@x', roles: [{ value: 'Admin' }], title: 5 };
    const paths = ['active', 'userName', 'roles', 'title', 'locale'];
    expect(paths.map((path) => mapping.readTargetPath(resource, path))).toEqual([
      true,
      'a@x',
      [{ value: 'Admin' }],
      '5',
      undefined,
    ]);
  });
});
