namespace FlickStream.Origin.Segments;

/// <summary>
/// Puts <c>/play/</c> in front of everything else: these requests carry their own proof, and come thousands a second, so they pass by
/// authentication, routing and the rest. A startup filter, because only that runs before whatever the host process puts in its pipeline.
/// </summary>
internal sealed class PlayBranch(PlayHandler handler) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(rest => context => context.Request.Path.Value is { } path && path.StartsWith(PlayPath.Root, StringComparison.Ordinal)
            ? handler.HandleAsync(context)
            : rest(context));
        next(app);
    };
}
