using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Mail;

internal static class MailServices
{
    public static void AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<IMailCarrier>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.Host is { Length: > 0 }
            ? ActivatorUtilities.CreateInstance<SmtpCarrier>(provider)
            : ActivatorUtilities.CreateInstance<OutboxCarrier>(provider));
        services.AddSingleton<MailSender>();
        services.AddHostedService(provider => provider.GetRequiredService<MailSender>());
    }
}
