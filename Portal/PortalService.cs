using FlickStream.Portal.Page;

namespace FlickStream.Portal;

public static class PortalService
{
    public static IHostApplicationBuilder AddPortal(this IHostApplicationBuilder builder) => builder;

    public static IEndpointRouteBuilder MapPortal(this IEndpointRouteBuilder routes)
    {
        PageRoutes.Map(routes);
        return routes;
    }
}
