using FlickStream.Ingest;
using FlickStream.Origin;
using FlickStream.Platform;
using FlickStream.Platform.Http;
using FlickStream.Portal;
using FlickStream.Standalone.Data;
using FlickStream.Standalone.Run;
using FlickStream.Transcoder;

if (args is ["--help" or "-h", ..])
{
    Console.WriteLine(RunCommand.Usage);
    Console.WriteLine(DataCommand.Usage);
    return 0;
}

if (DataCommand.IsMeant(args)) return await DataCommand.RunAsync(args);

var (command, error) = RunCommand.Parse(args);
if (command is null)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(RunCommand.Usage);
    return 2;
}

return await ServiceProgram.RunAsync(
    [],
    builder =>
    {
        builder.ConfigureRun(command);
        builder.AddPlatform(PlatformHosting.Standalone);
        builder.AddIngest().AddTranscoder().AddOrigin().AddPortal();
    },
    app => app.MapIngest().MapTranscoder().MapOrigin().MapPortal(),
    $"Port {command.Port} is taken; choose another with --port, such as --port 0 for any that is free.");
