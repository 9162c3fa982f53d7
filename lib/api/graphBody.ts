import { z } from 'zod';

const isAnnotation = (name: string): boolean => name.includes('@odata.');

const withoutAnnotations = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([name]) => !isAnnotation(name)))
    : value;

/**
 * An object of a Graph request: `@odata.type` and its like, which Graph's own clients add, are passed by; any other
 * member that is not in the shape is refused.
 */
export const graphObject = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.preprocess(withoutAnnotations, z.strictObject(shape));
