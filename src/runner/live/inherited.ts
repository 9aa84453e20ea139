/**
 * What services have of the environment of ldfi: all but where ldfi itself is to send spans and counts, and as what. An
 * SDK of OpenTelemetry within a service would send its own there, and nothing to the collector of the campaign.
 */
const OWN =
  /^OTEL_(?:EXPORTER_OTLP_\w+|(?:TRACES|METRICS|LOGS)_EXPORTER|SDK_DISABLED|SERVICE_NAME|RESOURCE_ATTRIBUTES)$/;

type Variables = Readonly<Record<string, string | undefined>>;

export function inheritedVariables(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !OWN.test(name)));
}
