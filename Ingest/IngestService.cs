namespace FlickStream.Ingest;

public static class IngestService
{
    public static IHostApplicationBuilder AddIngest(this IHostApplicationBuilder builder) => builder;

    public static IEndpointRouteBuilder MapIngest(this IEndpointRouteBuilder routes) => routes;
}
