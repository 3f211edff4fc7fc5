using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Access;

internal static class AccessServices
{
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>().BindConfiguration("Platform:Access").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<KeyAttempts>().AddSingleton<Forbidding>();
        services.AddSingleton<AdminKeyFile>().AddSingleton<GivenAdminKey>();
        services.AddOptions<SessionOptions>().BindConfiguration("Platform:Sessions").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SessionStore>();
        services.AddAuthentication(SessionHandler.Name)
            .AddScheme<AuthenticationSchemeOptions, BearerKeyHandler>(BearerKeyHandler.Name, null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.Name, scheme => scheme.ForwardDefaultSelector = http =>
                http.Request.Headers.Authorization.Count == 0 && SessionCookie.Of(http.Request) is not null ? null : BearerKeyHandler.Name);
        services.AddAuthorizationBuilder().AddScopePolicies();

        // The framework writes lines for each refused request, which strangers could fill the log with.
        services.AddLogging(logs => logs
            .AddFilter(typeof(BearerKeyHandler).FullName, LogLevel.Warning)
            .AddFilter(typeof(SessionHandler).FullName, LogLevel.Warning));
        services.AddHostedService<AdminKeyStart>();
    }

    private static void AddScopePolicies(this AuthorizationBuilder policies)
    {
        policies.AddPolicy(CallerSession.Policy, policy => policy
            .RequireAuthenticatedUser().RequireAssertion(context => CallerSession.Find(context.User) is not null));
        policies.AddPolicy(Caller.OfNoOrganisation, policy => policy.RequireAuthenticatedUser().RequireAssertion(context =>
            !context.User.HasClaim(claim => claim.Type == BearerKeyHandler.OrganisationClaim) || context.User.HasClaim(BearerKeyHandler.ScopeClaim, Scopes.Admin)));
        foreach (var scope in Scopes.All)
        {
            policies.AddPolicy(scope, policy => policy
                .RequireAuthenticatedUser()
                .RequireClaim(BearerKeyHandler.ScopeClaim, scope, Scopes.Admin));
        }
    }

    private sealed class AdminKeyStart(GivenAdminKey given, AdminKeyFile own, IOptions<PlatformOptions> options) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            given.IsGiven ? given.AdmitAsync(cancellationToken)
            : options.Value.Hosting == PlatformHosting.Standalone ? own.EnsureAsync(cancellationToken)
            : Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
