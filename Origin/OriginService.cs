namespace FlickStream.Origin;

public static class OriginService
{
    public static IHostApplicationBuilder AddOrigin(this IHostApplicationBuilder builder) => builder;

    public static IEndpointRouteBuilder MapOrigin(this IEndpointRouteBuilder routes) => routes;
}
