using System.Globalization;
using System.Net;

namespace FlickStream.Standalone.Run;

/// <summary>What the person asked for: <c>run [--data DIR] [--port N] [--host ADDRESS] [--empty] [MASTER...]</c>.</summary>
internal sealed record RunCommand
{
    public const string Usage = """
        usage: run [--data DIR] [--port N] [--host ADDRESS] [--empty] [MASTER...]
          --data DIR      where everything is kept (default: data)
          --port N        0 takes any free port (default: 8080)
          --host ADDRESS  the address to listen on (default: 127.0.0.1; 0.0.0.0 for all)
          --empty         make no sample, no accounts and no demo catalog the first time
          MASTER          video files to take in; without any, a sample and a demo catalog are made the first time
        """;

    public string DataFolder { get; init; } = "data";

    public int Port { get; init; } = 8080;

    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>Neither a sample nor demo data are made, even when nothing was ever taken in.</summary>
    public bool IsEmpty { get; init; }

    public IReadOnlyList<string> Masters { get; init; } = [];

    /// <summary>The command, or null with the reason why it cannot be understood.</summary>
    public static (RunCommand? Command, string? Error) Parse(IReadOnlyList<string> arguments)
    {
        var command = new RunCommand();
        var masters = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith('-') || File.Exists(argument))
            {
                if (!File.Exists(argument)) return (null, $"There is no file {argument}.");
                masters.Add(Path.GetFullPath(argument));
                continue;
            }

            if (argument == "--empty")
            {
                command = command with { IsEmpty = true };
                continue;
            }

            if (argument is not ("--data" or "--port" or "--host")) return (null, $"There is no option {argument}.");
            if (++i == arguments.Count) return (null, $"{argument} needs a value.");
            var value = arguments[i];
            switch (argument)
            {
                case "--data":
                    command = command with { DataFolder = value };
                    break;
                case "--port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort:
                    command = command with { Port = port };
                    break;
                case "--host" when IPAddress.TryParse(value, out var host):
                    command = command with { Host = host };
                    break;
                default:
                    return (null, $"{argument} {value} is not understood.");
            }
        }

        return (command with { Masters = masters }, null);
    }
}
