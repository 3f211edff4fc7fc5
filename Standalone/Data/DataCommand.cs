using FlickStream.Platform.Backup;

namespace FlickStream.Standalone.Data;

/// <summary>Back-up and restoring: <c>run backup|restore FOLDER [--data DIR]</c>.</summary>
/// <param name="Name"><c>backup</c> or <c>restore</c>.</param>
/// <param name="Folder">Of the back-up.</param>
/// <param name="DataFolder">Of the server.</param>
internal sealed record DataCommand(string Name, string Folder, string DataFolder)
{
    public const string Usage = """
               run backup FOLDER [--data DIR]    copies all of DIR that is needed, also while the server runs; again: only what is new
               run restore FOLDER [--data DIR]   makes DIR, which must be empty, what the back-up is
        """;

    private const string Backup = "backup";
    private const string Restore = "restore";

    public static bool IsMeant(IReadOnlyList<string> arguments) => arguments is [Backup or Restore, ..];

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (Parse(arguments) is not { } command)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        try
        {
            await command.RunAsync();
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The {command.Name} was not finished. {fault.Message}");
            return 1;
        }
    }

    /// <summary>Null when it cannot be understood.</summary>
    public static DataCommand? Parse(IReadOnlyList<string> arguments) => arguments switch
    {
        [var name, var folder] when IsFolder(folder) => new(name, folder, "data"),
        [var name, var folder, "--data", var data] when IsFolder(folder) => new(name, folder, data),
        [var name, "--data", var data, var folder] when IsFolder(folder) => new(name, folder, data),
        _ => null,
    };

    private static bool IsFolder(string argument) => argument.Length > 0 && !argument.StartsWith('-');

    private async Task RunAsync()
    {
        var (folder, dataFolder) = (Path.GetFullPath(Folder), Path.GetFullPath(DataFolder));
        var backup = new DataBackup(dataFolder, TimeProvider.System);
        if (Name == Restore)
        {
            backup.Restore(folder);
            Console.WriteLine($"{dataFolder} is what {folder} is.");
            return;
        }

        var copied = await backup.MakeAsync(folder);
        Console.WriteLine($"{folder} is a back-up of {dataFolder}; {copied} blobs were new.");
    }
}
