import { app, type InvocationContext } from '@azure/functions';
import { currentTelemetry } from '../lib/app.js';

const destinations = ['APPLICATIONINSIGHTS_CONNECTION_STRING', 'OTEL_EXPORTER_OTLP_ENDPOINT'];

const traceparentOf = (context: InvocationContext | undefined): string | null =>
  context?.traceContext?.traceParent ?? null;

// Without a destination the host keeps what invocations log. With one, this process sends it, and the host drops its own.
if (destinations.some((name) => process.env[name])) {
  app.setup({ capabilities: { WorkerOpenTelemetryEnabled: true } });
  app.hook.log(({ level, message, invocationContext }) =>
    currentTelemetry()?.writeLog({
      level,
      message,
      functionName: invocationContext?.functionName ?? null,
      invocationId: invocationContext?.invocationId ?? null,
      traceparent: traceparentOf(invocationContext),
    }),
  );
  app.hook.preInvocation((hook) => {
    const { functionHandler } = hook;
    const traceparent = traceparentOf(hook.invocationContext);
    const telemetry = currentTelemetry();
    if (traceparent === null || telemetry === null) return;
    hook.functionHandler = (trigger, context) =>
      telemetry.runWithin(traceparent, () => functionHandler(trigger, context));
  });
}
