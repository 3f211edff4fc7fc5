using FlickStream.Platform;
using FlickStream.Portal.Keys;
using FlickStream.Portal.Page;

namespace FlickStream.Portal;

public static class PortalService
{
    public static IHostApplicationBuilder AddPortal(this IHostApplicationBuilder builder) => builder.AddPlatform();

    public static IEndpointRouteBuilder MapPortal(this IEndpointRouteBuilder routes)
    {
        PageRoutes.Map(routes);
        KeyRoutes.Map(routes);
        return routes;
    }
}
