using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FlickStream.Portal.OpenApi;

/// <summary>Who may ask for it, as the policy on the route says: anybody, a person's session (with a scope, where it names one), or a session or API key with a
/// scope.</summary>
internal sealed class OperationAccess : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [];
            return Task.CompletedTask;
        }

        var policies = metadata.OfType<IAuthorizeData>().Select(data => data.Policy).OfType<string>().ToList();
        var scopes = policies.Where(Scopes.All.Contains).Distinct().ToList();
        operation.Security = policies.Contains(CallerSession.Policy)
            ? [Needs(DocumentHead.Session, scopes)] : [Needs(DocumentHead.Session, scopes), Needs(DocumentHead.ApiKey, scopes)];
        return Task.CompletedTask;

        OpenApiSecurityRequirement Needs(string scheme, List<string> of) => new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = of };
    }
}
